/** The provider that {@link javax.cache.Caching} finds. */
@NullMarked
package dev.larder.jcache.provider;

import org.jspecify.annotations.NullMarked;
