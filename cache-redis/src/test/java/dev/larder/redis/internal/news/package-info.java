@NullMarked
package dev.larder.redis.internal.news;

import org.jspecify.annotations.NullMarked;
