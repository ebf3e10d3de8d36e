/** What all JVMs must know of a cache: its epoch, and the invalidations of its tags. */
@NullMarked
package dev.larder.redis.internal.state;

import org.jspecify.annotations.NullMarked;
