/** Caches that JVMs share by a Redis server, while networks, servers and JVMs fail. */
@NullMarked
package dev.larder.conformance.redis;

import org.jspecify.annotations.NullMarked;
