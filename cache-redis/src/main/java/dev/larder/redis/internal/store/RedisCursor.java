package dev.larder.redis.internal.store;

import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.link.Calls.Kind;
import dev.larder.redis.internal.link.Globs;
import dev.larder.redis.internal.link.Link;
import dev.larder.store.Cursor;
import dev.larder.store.Entry;
import dev.larder.store.Store;
import dev.larder.store.Ttl;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the keys of each server in turn, a page at a time, and reads the entries of a page together. A server may tell a key
 * twice, so all that were met are remembered.
 */
final class RedisCursor<K, V> implements Cursor<K, V> {

    private static final int PAGE = 1000;

    private final Calls calls;
    private final Places<K, V> places;
    private final long epoch;
    private final Store<K, V> store;
    private final ScanArgs options;
    private final Iterator<RedisClusterAsyncCommands<byte[], byte[]>> servers;
    private final Set<K> met = new HashSet<>();

    private @Nullable RedisClusterAsyncCommands<byte[], byte[]> server;
    private ScanCursor position = ScanCursor.INITIAL;
    private Iterator<Map.Entry<K, Entry<V>>> page = Collections.emptyIterator();
    private Map.@Nullable Entry<K, Entry<V>> current;
    private boolean closed;

    RedisCursor(Link link, Calls calls, Places<K, V> places, long epoch, Store<K, V> store) {
        this.calls = calls;
        this.places = places;
        this.epoch = epoch;
        this.store = store;
        this.options =
                new ScanArgs().match(Globs.startingWith(places.prefixOf(epoch))).limit(PAGE);
        this.servers = link.primaries().iterator();
    }

    @Override
    public boolean advance() {
        while (!closed && !page.hasNext() && turn()) {
            // until there is a page with an entry, or no more
        }
        current = !closed && page.hasNext() ? page.next() : null;
        return current != null;
    }

    /** Reads the next page, and tells whether there was one. */
    private boolean turn() {
        if (server == null || position.isFinished()) {
            if (!servers.hasNext()) {
                return false;
            }
            server = servers.next();
            position = ScanCursor.INITIAL;
        }
        RedisClusterAsyncCommands<byte[], byte[]> scanned = server;
        KeyScanCursor<byte[]> told = calls.make("SCAN", Kind.READ, () -> scanned.scan(position, options));
        position = told;
        page = store.readAll(newKeys(told), Ttl.UNCHANGED).entrySet().iterator();
        return true;
    }

    private Set<K> newKeys(KeyScanCursor<byte[]> told) {
        Set<K> keys = new LinkedHashSet<>();
        for (byte[] wire : told.getKeys()) {
            K key = places.keyOf(wire, epoch);
            if (key != null && met.add(key)) {
                keys.add(key);
            }
        }
        return keys;
    }

    @Override
    public K key() {
        return standing().getKey();
    }

    @Override
    public Entry<V> entry() {
        return standing().getValue();
    }

    private Map.Entry<K, Entry<V>> standing() {
        Map.Entry<K, Entry<V>> stands = current;
        if (stands == null) {
            throw new IllegalStateException("the cursor stands on no entry");
        }
        return stands;
    }

    @Override
    public void close() {
        closed = true;
        current = null;
    }
}
