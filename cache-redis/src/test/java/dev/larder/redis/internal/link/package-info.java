@NullMarked
package dev.larder.redis.internal.link;

import org.jspecify.annotations.NullMarked;
