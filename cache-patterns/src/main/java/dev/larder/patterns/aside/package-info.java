/** Cache-aside: the application asks the cache, and fills it, without storing what an invalidation overtook. */
@NullMarked
package dev.larder.patterns.aside;

import org.jspecify.annotations.NullMarked;
