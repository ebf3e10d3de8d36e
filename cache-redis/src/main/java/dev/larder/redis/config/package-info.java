/** The parts of a Redis store's settings that say who it is and whom it trusts. */
@NullMarked
package dev.larder.redis.config;

import org.jspecify.annotations.NullMarked;
