/** The caches that annotations name. */
@NullMarked
package dev.larder.annotations.internal.region;

import org.jspecify.annotations.NullMarked;
