/** Caches on real Redis servers. */
@NullMarked
package dev.larder.conformance.redis;

import org.jspecify.annotations.NullMarked;
