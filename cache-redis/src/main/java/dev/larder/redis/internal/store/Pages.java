package dev.larder.redis.internal.store;

import dev.larder.redis.internal.link.Calls;
import dev.larder.store.Entry;
import dev.larder.store.Ttl;
import dev.larder.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads entries many at a time for somebody who takes them one by one, maybe slowly: each with the moment from which on it may have
 * expired, so that it is not handed out after that.
 */
final class Pages<K, V> {

    private static final long NEVER = Long.MAX_VALUE;

    private final RedisStore<K, V> store;
    private final Places<K, V> places;
    private final Clock clock;

    Pages(RedisStore<K, V> store, Places<K, V> places, Clock clock) {
        this.store = store;
        this.places = places;
        this.clock = clock;
    }

    /** An entry, and until when by the clock of this JVM it is surely live. */
    record Item<K, V>(K key, Entry<V> entry, long untilMillis) {}

    /** Reads the entries of those keys that have one. */
    List<Item<K, V>> read(Set<K> keys, long epoch, Calls operation) {
        Map<K, Entry<V>> found = store.readAll(keys, Ttl.UNCHANGED, operation);
        long nowMillis = clock.millis();
        Iterator<Long> remaining = store.bulk(operation)
                .remainingMillis(found.keySet().stream()
                        .map(key -> places.of(key, epoch).wire())
                        .toList())
                .iterator();
        List<Item<K, V>> items = new ArrayList<>(found.size());
        found.forEach((key, entry) -> items.add(new Item<>(key, entry, until(nowMillis, remaining.next()))));
        return items;
    }

    private static long until(long nowMillis, long remainingMillis) {
        return remainingMillis == -1 ? NEVER : nowMillis + Math.max(remainingMillis, 0);
    }

    boolean isLive(Item<K, V> item) {
        return item.untilMillis() == NEVER || clock.millis() < item.untilMillis();
    }
}
