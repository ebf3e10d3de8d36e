/** The way to the servers: connections, scripts, and what an answer that does not come means. */
@NullMarked
package dev.larder.redis.internal.link;

import org.jspecify.annotations.NullMarked;
