@NullMarked
package dev.larder.redis.internal.state;

import org.jspecify.annotations.NullMarked;
