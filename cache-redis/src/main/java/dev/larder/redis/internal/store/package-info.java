/** The entries of a cache on the server. */
@NullMarked
package dev.larder.redis.internal.store;

import org.jspecify.annotations.NullMarked;
