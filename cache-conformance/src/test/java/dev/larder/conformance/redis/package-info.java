/** Caches on real Redis servers, shared by JVMs, while networks, servers and JVMs fail. */
@NullMarked
package dev.larder.conformance.redis;

import org.jspecify.annotations.NullMarked;
