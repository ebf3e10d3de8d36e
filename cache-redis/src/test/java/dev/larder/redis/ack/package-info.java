@NullMarked
package dev.larder.redis.ack;

import org.jspecify.annotations.NullMarked;
