/** Keeps the entries of caches on Redis or Valkey. */
@NullMarked
package dev.larder.redis;

import org.jspecify.annotations.NullMarked;
