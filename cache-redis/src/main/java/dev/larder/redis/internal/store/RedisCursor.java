package dev.larder.redis.internal.store;

import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.link.Calls.Kind;
import dev.larder.redis.internal.link.Globs;
import dev.larder.store.Cursor;
import dev.larder.store.Entry;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
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
    private final Pages<K, V> pages;
    private final ScanArgs options;
    private final Iterator<RedisClusterAsyncCommands<byte[], byte[]>> servers;
    private final Set<K> met = new HashSet<>();

    private @Nullable RedisClusterAsyncCommands<byte[], byte[]> server;
    private ScanCursor position = ScanCursor.INITIAL;
    private Iterator<Pages.Item<K, V>> page = Collections.emptyIterator();
    private Pages.@Nullable Item<K, V> current;
    private boolean closed;

    /**
     * Begins a walk.
     *
     * @param calls of which each page is an operation of its own
     * @param servers whose keys are told
     */
    RedisCursor(
            Calls calls,
            List<RedisClusterAsyncCommands<byte[], byte[]>> servers,
            Places<K, V> places,
            long epoch,
            Pages<K, V> pages) {
        this.calls = calls;
        this.places = places;
        this.epoch = epoch;
        this.pages = pages;
        this.options =
                new ScanArgs().match(Globs.startingWith(places.prefixOf(epoch))).limit(PAGE);
        this.servers = servers.iterator();
    }

    @Override
    public boolean advance() {
        current = null;
        while (!closed && current == null && (page.hasNext() || turn())) {
            current = nextLive();
        }
        return current != null;
    }

    private Pages.@Nullable Item<K, V> nextLive() {
        while (page.hasNext()) {
            Pages.Item<K, V> item = page.next();
            if (pages.isLive(item)) {
                return item;
            }
        }
        return null;
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
        Calls operation = calls.ofOneOperation();
        KeyScanCursor<byte[]> told = operation.make("SCAN", Kind.READ, () -> scanned.scan(position, options));
        position = told;
        page = pages.read(newKeys(told), epoch, operation).iterator();
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
        return standing().key();
    }

    @Override
    public Entry<V> entry() {
        return standing().entry();
    }

    private Pages.Item<K, V> standing() {
        Pages.Item<K, V> stands = current;
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
