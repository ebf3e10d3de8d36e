/** Keeps stored objects separate from the caller's. */
@NullMarked
package dev.larder.copy;

import org.jspecify.annotations.NullMarked;
