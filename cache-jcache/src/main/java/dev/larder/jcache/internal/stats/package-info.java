/** Counters and times. */
@NullMarked
package dev.larder.jcache.internal.stats;

import org.jspecify.annotations.NullMarked;
