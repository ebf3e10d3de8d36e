package dev.larder.patterns.session.internal.record;

import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;

/** The entry of a session while a step holds it. */
public final class RecordEntry {

    private final MutableEntry<String, byte[]> entry;

    RecordEntry(MutableEntry<String, byte[]> entry) {
        this.entry = entry;
    }

    /** Returns what is there, or null if nothing is, or nothing that can be read. */
    @Nullable
    Stored stored() {
        byte[] bytes = entry.getValue();
        try {
            return bytes == null ? null : RecordFormat.decode(bytes);
        } catch (DamagedBytesException e) {
            return null;
        }
    }

    /** Whether there is nothing, not even something that cannot be read. */
    boolean isAbsent() {
        return !entry.exists();
    }

    void write(Stored stored, Moment moment) {
        write(stored, RecordFormat.encode(stored), moment);
    }

    void write(Stored stored, byte[] bytes, Moment moment) {
        entry.setValue(bytes);
        EntryTtl.AVAILABLE.set(entry, moment.ttlMillis(stored));
    }

    void remove() {
        entry.remove();
    }
}
