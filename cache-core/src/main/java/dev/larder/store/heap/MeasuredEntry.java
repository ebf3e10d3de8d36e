package dev.larder.store.heap;

import dev.larder.store.Entry;

/** An entry with the time that it had still to live when it was read, for callers who asked for that. */
record MeasuredEntry<V>(HeapEntry<V> held, long remainingMillis) implements Entry<V> {

    @Override
    public V value() {
        return held.value();
    }

    /** Returns the object in the map that an entry stands for. */
    static Object identityOf(Entry<?> entry) {
        return entry instanceof MeasuredEntry<?> measured ? measured.held() : entry;
    }
}
