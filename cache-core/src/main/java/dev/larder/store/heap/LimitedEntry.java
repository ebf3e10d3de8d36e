package dev.larder.store.heap;

/** Stands for an entry whose own deadline cannot be moved, and stays the entry that its readers know. */
final class LimitedEntry<V> extends ExpiringEntry<V> {

    private final HeapEntry<V> original;

    LimitedEntry(HeapEntry<V> original, long deadlineMillis) {
        super(original.value(), deadlineMillis);
        this.original = original;
    }

    @Override
    boolean isSame(Object read) {
        return this == read || original.isSame(read);
    }
}
