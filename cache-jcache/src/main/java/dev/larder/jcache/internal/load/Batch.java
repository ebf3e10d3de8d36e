package dev.larder.jcache.internal.load;

import dev.larder.jcache.Loaded;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Keys that are gathered, and then loaded together by whoever of those who wait for them comes first. */
final class Batch<K, V> {

    /** Guarded by who gathers; not changed once it is complete. */
    private final Set<K> keys = new LinkedHashSet<>();

    private final CountDownLatch complete = new CountDownLatch(1);
    private final AtomicReference<@Nullable Flight<Map<K, Loaded<V>>>> flight = new AtomicReference<>();

    /** Adds a key, and returns how many there are. */
    int add(K key) {
        keys.add(key);
        return keys.size();
    }

    /** Ends the gathering. */
    void complete() {
        complete.countDown();
    }

    /** Returns when no more keys will come. */
    void awaitComplete() throws InterruptedException {
        complete.await();
    }

    /** Returns the keys, to be asked for when they are complete. */
    Set<K> keys() {
        return keys;
    }

    /** Makes this thread the one that loads; returns null, or the flight of the one that does so already. */
    @Nullable
    Flight<Map<K, Loaded<V>>> takeOff(Flight<Map<K, Loaded<V>>> own) {
        return flight.compareAndExchange(null, own);
    }
}
