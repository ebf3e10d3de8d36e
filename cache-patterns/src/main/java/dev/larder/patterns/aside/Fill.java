package dev.larder.patterns.aside;

import java.io.Serializable;
import java.util.Map;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;

/**
 * Puts what was loaded in the place of the mark that was there before, if it still is, and takes the mark away where nothing was found.
 *
 * @param marks the mark of each key
 * @param values the values that there are
 */
record Fill<K, V>(Map<K, String> marks, Map<K, V> values)
        implements EntryProcessor<K, Slot<V>, @Nullable Void>, Serializable {

    @Override
    public @Nullable Void process(MutableEntry<K, Slot<V>> entry, Object... arguments) {
        Slot<V> present = entry.getValue();
        String mark = marks.get(entry.getKey());
        if (present != null && mark != null && present.takes(mark)) {
            V value = values.get(entry.getKey());
            if (value == null) {
                entry.remove();
            } else {
                entry.setValue(Slot.of(value));
            }
        }
        return null;
    }
}
