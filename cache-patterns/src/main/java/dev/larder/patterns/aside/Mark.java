package dev.larder.patterns.aside;

import java.io.Serializable;
import java.util.List;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;

/** Puts a mark where nothing is, and returns what is there then. */
record Mark<K, V>(String mark) implements EntryProcessor<K, Slot<V>, Slot<V>>, Serializable {

    @Override
    public Slot<V> process(MutableEntry<K, Slot<V>> entry, Object... arguments) {
        Slot<V> present = entry.getValue();
        if (present != null) {
            return present;
        }
        Slot<V> marked = Slot.marked(mark, List.of());
        entry.setValue(marked);
        return marked;
    }
}
