package dev.larder.copy;

/**
 * Copies values, so that a change to the original is not seen through the copy, nor the other way round.
 *
 * <p>A copy is as deep as that promise needs: what can never change may be shared, and an immutable value is its own
 * copy. Neither the value nor the copy is ever null. Implementations are safe for use by many threads.
 *
 * <pre>{@code
 * Copier<Invoice> invoices = invoice -> new Invoice(invoice);
 * }</pre>
 *
 * @param <T> the type of the values
 */
@FunctionalInterface
public interface Copier<T> {

    /**
     * Returns a copy of the value, or the value itself if it is immutable.
     *
     * @throws CopyException if the value cannot be copied
     */
    T copy(T value);

    /**
     * Tells whether this copier always returns the value itself, which lets a cache take the by-reference path.
     * Returns false unless overridden.
     */
    default boolean isIdentity() {
        return false;
    }

    /** Returns the copier that shares every value: for immutable types, or to store by reference. */
    static <T> Copier<T> identity() {
        return IdentityCopier.instance();
    }
}
