package dev.larder.store.heap;

/** An entry that was made to live for ever and then got a deadline: it stays the entry that its readers know. */
final class LimitedEntry<V> extends ExpiringEntry<V> {

    private final HeapEntry<V> original;

    LimitedEntry(HeapEntry<V> original, long deadlineMillis) {
        super(original.value(), deadlineMillis);
        this.original = original;
    }

    @Override
    boolean isSame(Object read) {
        return this == read || original == read;
    }
}
