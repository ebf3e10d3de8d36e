/** What Larder offers beyond {@code javax.cache}. */
@NullMarked
package dev.larder.jcache;

import org.jspecify.annotations.NullMarked;
