@NullMarked
package dev.larder.redis;

import org.jspecify.annotations.NullMarked;
