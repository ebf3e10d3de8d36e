package dev.larder.jcache.internal.engine;

import dev.larder.jcache.internal.stats.Counters;
import dev.larder.jcache.internal.stats.Tally;
import dev.larder.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * The short way of a get, for caches where a hit is a look into the store and no more, but perhaps to be counted: it moves no
 * deadline and makes no copy. By value that is so as long as all values are shared.
 *
 * <p>It has to stay short: what the JIT compiler cannot put into its caller as a whole, it compiles for keys of all classes.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class PlainReads<K, V> {

    private final Store<K, V> store;
    private final @Nullable Counters counters;
    private final @Nullable Sharing sharing;

    PlainReads(Store<K, V> store, @Nullable Counters counters, @Nullable Sharing sharing) {
        this.store = store;
        this.counters = counters;
        this.sharing = sharing;
    }

    /** Returns the value of a key, which is then a hit; or null if there is none, or the get is to go the long way. */
    public @Nullable V hit(K key) {
        return counters == null ? read(key) : countedHit(key, counters);
    }

    private @Nullable V countedHit(K key, Counters counted) {
        Tally tally = counted.forHit();
        if (tally == null) {
            return null;
        }
        V value = read(key);
        if (value != null) {
            tally.hit();
        }
        return value;
    }

    private @Nullable V read(K key) {
        V value = store.readValue(key);
        // in this order: see there
        return sharing == null || sharing.isOfAll() ? value : null;
    }

    /** Whether a key without a hit has been found absent, and nobody counts that. */
    public boolean leavesMissesToLoader() {
        return counters == null && sharing == null;
    }

    /** Whether there will be no hits any more. */
    public boolean isOver() {
        return sharing != null && !sharing.isOfAll();
    }
}
