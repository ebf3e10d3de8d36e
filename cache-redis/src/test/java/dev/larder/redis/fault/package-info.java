@NullMarked
package dev.larder.redis.fault;

import org.jspecify.annotations.NullMarked;
