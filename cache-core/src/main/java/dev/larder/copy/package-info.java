/**
 * Keeps stored objects apart from the caller's: store-by-value on the heap.
 *
 * <p>{@link dev.larder.copy.Copier} is the contract, {@link dev.larder.copy.ValueCopier} the copier that knows what to do
 * with any class: immutable values are shared, arrays, JDK collections, records and plain Serializable objects are copied
 * piece by piece, and the rest goes through Java serialisation behind a filter.
 */
@NullMarked
package dev.larder.copy;

import org.jspecify.annotations.NullMarked;
