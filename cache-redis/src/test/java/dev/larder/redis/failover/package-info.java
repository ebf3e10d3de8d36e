@NullMarked
package dev.larder.redis.failover;

import org.jspecify.annotations.NullMarked;
