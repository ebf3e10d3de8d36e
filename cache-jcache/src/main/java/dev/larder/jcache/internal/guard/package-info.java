/** What stands between the engine and a store that can fail: a guard, and words for what goes wrong. Nothing, on the heap. */
@NullMarked
package dev.larder.jcache.internal.guard;

import org.jspecify.annotations.NullMarked;
