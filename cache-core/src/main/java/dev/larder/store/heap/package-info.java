/** Keeps entries on the heap. */
@NullMarked
package dev.larder.store.heap;

import org.jspecify.annotations.NullMarked;
