/** Lincheck: operations of stores and caches behave as if they were done one after the other. */
@NullMarked
package dev.larder.concurrency;

import org.jspecify.annotations.NullMarked;
