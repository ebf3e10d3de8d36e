/** What one JVM changes and another wants to hear of: scripts publish it, and those who listen read it. */
@NullMarked
package dev.larder.redis.internal.news;

import org.jspecify.annotations.NullMarked;
