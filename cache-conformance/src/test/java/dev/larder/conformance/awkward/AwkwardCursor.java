package dev.larder.conformance.awkward;

import dev.larder.codec.frame.EntryCodec;
import dev.larder.store.Cursor;
import dev.larder.store.Entry;
import dev.larder.store.Store;
import java.nio.ByteBuffer;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Asks for the entry of each key that there was when the walk began. */
final class AwkwardCursor<K, V> implements Cursor<K, V> {

    private final Store<K, V> store;
    private final EntryCodec<K, V> codec;
    private final Iterator<ByteBuffer> keys;
    private @Nullable K key;
    private @Nullable Entry<V> entry;

    AwkwardCursor(Store<K, V> store, EntryCodec<K, V> codec, Iterator<ByteBuffer> keys) {
        this.store = store;
        this.codec = codec;
        this.keys = keys;
    }

    @Override
    public boolean advance() {
        key = null;
        entry = null;
        while (entry == null && keys.hasNext()) {
            key = codec.keyOf(keys.next().array());
            entry = key == null ? null : store.read(key);
        }
        return entry != null;
    }

    @Override
    public K key() {
        return standing(entry == null ? null : key);
    }

    @Override
    public Entry<V> entry() {
        return standing(entry);
    }

    private static <T> T standing(@Nullable T here) {
        if (here == null) {
            throw new IllegalStateException("the cursor stands on no entry");
        }
        return here;
    }

    @Override
    public void close() {
        entry = null;
    }
}
