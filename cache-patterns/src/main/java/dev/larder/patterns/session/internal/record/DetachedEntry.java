package dev.larder.patterns.session.internal.record;

import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;

/** An entry of no cache, for steps that are made on a copy. For one thread. */
public final class DetachedEntry implements MutableEntry<String, byte[]> {

    private final String key;
    private byte @Nullable [] bytes;

    /** Creates one; null is for an entry that is not there. */
    public DetachedEntry(String key, byte @Nullable [] bytes) {
        this.key = key;
        this.bytes = bytes;
    }

    @Override
    public boolean exists() {
        return bytes != null;
    }

    @Override
    public String getKey() {
        return key;
    }

    @Override
    @SuppressWarnings("NullAway") // so says the interface
    public byte @Nullable [] getValue() {
        return bytes;
    }

    @Override
    public void setValue(byte[] newBytes) {
        bytes = newBytes;
    }

    @Override
    public void remove() {
        bytes = null;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        throw new IllegalArgumentException("an entry of no cache is nothing else");
    }
}
