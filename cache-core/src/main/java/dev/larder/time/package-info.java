/** The clock seam. */
@NullMarked
package dev.larder.time;

import org.jspecify.annotations.NullMarked;
