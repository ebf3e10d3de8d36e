/** Invalidation: with the transaction that changes the database, or when the database tells of changes by others. */
@NullMarked
package dev.larder.patterns.invalidate;

import org.jspecify.annotations.NullMarked;
