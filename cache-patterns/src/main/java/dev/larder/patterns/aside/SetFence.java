package dev.larder.patterns.aside;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;

/**
 * Drops the value of a key, and puts a fence there or takes it away. Either changes the mark, so that nobody waits for a load that began before.
 *
 * @param fence the name of the fence
 * @param mark the new mark
 * @param up whether the fence goes up
 */
record SetFence<K, V>(String fence, String mark, boolean up)
        implements EntryProcessor<K, Slot<V>, Boolean>, Serializable {

    @Override
    public Boolean process(MutableEntry<K, Slot<V>> entry, Object... arguments) {
        Slot<V> present = entry.getValue();
        List<String> fences = new ArrayList<>(present == null ? List.of() : present.fences());
        fences.remove(fence);
        if (up) {
            fences.add(fence);
        }
        if (!fences.isEmpty()) {
            entry.setValue(Slot.marked(mark, fences));
        } else if (present != null) {
            entry.remove();
        }
        return up;
    }
}
