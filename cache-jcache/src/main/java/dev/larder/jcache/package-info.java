/** What Larder offers beyond {@code javax.cache}: settings, and the types that caches and entries unwrap to. */
@NullMarked
package dev.larder.jcache;

import org.jspecify.annotations.NullMarked;
