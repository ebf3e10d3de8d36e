/** What stands between a cache and a store that can fail: a breaker, and the memory of what could not be said. */
@NullMarked
package dev.larder.store.guard;

import org.jspecify.annotations.NullMarked;
