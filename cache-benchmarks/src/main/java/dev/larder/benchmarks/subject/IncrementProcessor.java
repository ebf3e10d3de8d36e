package dev.larder.benchmarks.subject;

import java.io.Serializable;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;

/** Adds one to the value of an entry that is there, and returns it. */
final class IncrementProcessor implements EntryProcessor<Integer, Object, Object>, Serializable {
    private static final long serialVersionUID = 1;

    @Override
    public Object process(MutableEntry<Integer, Object> entry, Object... arguments) {
        Object incremented = Increment.of(entry.getValue());
        entry.setValue(incremented);
        return incremented;
    }
}
