@NullMarked
package dev.larder.redis.internal.store;

import org.jspecify.annotations.NullMarked;
