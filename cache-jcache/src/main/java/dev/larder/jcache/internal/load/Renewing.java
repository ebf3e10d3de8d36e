package dev.larder.jcache.internal.load;

import dev.larder.store.Entry;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/**
 * Loads values anew that are past their time, or soon will be, and does without where that fails.
 *
 * <p>A renewal is a load like any other: one at a time for a key, and who wants the key meanwhile waits for it or has the
 * old value. Its lease stands over the entry that it is to replace, so whatever else happens to that entry voids it. After a failure
 * the key is left alone for a while.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class Renewing<K, V> {

    private final Loading<K, V> loading;
    private final Flights<K, V> flights;
    private final LoadThreads threads;
    private final Outage outage;

    /** Creates what renews by a loading. */
    public Renewing(Loading<K, V> loading, LoadParts.Renewal parts) {
        this.loading = loading;
        this.flights = loading.flights();
        this.threads = parts.threads();
        this.outage = parts.outage();
    }

    /** Whether an old value of this key is served at once, because its last load failed a moment ago, or is slow. */
    public boolean isPaused(K key) {
        return loading.isPaused(key) || flights.isLate(key);
    }

    /** Whether nobody loads a key, and nothing speaks against doing so. */
    public boolean isWanted(K key) {
        return !flights.isUnderWay(key) && !isPaused(key);
    }

    /** Returns the value that the source has now, null if it has none, or the old one if that cannot be loaded. */
    public @Nullable V renew(K key, Entry<V> old) {
        return this.<@Nullable V>orElse(() -> loading.load(key, old), old::value);
    }

    /**
     * Loads values of keys that were found absent and, with the same call, of entries that are to be replaced; returns those there
     * are.
     *
     * @throws CacheLoaderException if that fails; if nothing was absent, the old values are returned instead
     */
    public Map<K, V> loadAll(Set<K> missing, Map<K, Entry<V>> old) {
        Supplier<Map<K, V>> load = () -> loading.loadAll(missing, old);
        return missing.isEmpty() ? orElse(load, () -> valuesOf(old)) : load.get();
    }

    private static <K, V> Map<K, V> valuesOf(Map<K, Entry<V>> entries) {
        Map<K, V> values = new HashMap<>();
        entries.forEach((key, entry) -> values.put(key, entry.value()));
        return values;
    }

    private <R extends @Nullable Object> R orElse(Supplier<R> load, Supplier<R> old) {
        try {
            return load.get();
        } catch (Patience.SoftTimeout e) {
            return old.get();
        } catch (CacheLoaderException e) {
            if (isOfOurInterrupt(e)) {
                throw e;
            }
            outage.failed(e);
            return old.get();
        }
    }

    /** Whether this thread was to stop waiting, which says nothing of the source. */
    private static boolean isOfOurInterrupt(CacheLoaderException failure) {
        return Thread.currentThread().isInterrupted() && failure.getCause() instanceof InterruptedException;
    }

    /** Lets another thread load a value anew. */
    public void renewLater(K key, Entry<V> old) {
        Flight<V> own = new Flight<>();
        if (flights.takeOff(key, own) == null) {
            later(() -> loading.fly(key, own, old), cause -> loading.landing().crash(key, own, null, cause));
        }
    }

    /** Lets another thread load values anew, with one call of the loader. */
    public void renewAllLater(Map<K, Entry<V>> old) {
        BulkLoad<K, V> load = new BulkLoad<>(loading, old::get, false);
        load.takeOff(old.keySet());
        if (!load.isEmpty()) {
            later(load::fly, load::crash);
        }
    }

    private void later(Runnable load, Consumer<Throwable> onAbandoned) {
        threads.<@Nullable Object>hand(
                () -> {
                    runQuietly(load);
                    return null;
                },
                onAbandoned);
    }

    private void runQuietly(Runnable load) {
        try {
            load.run();
        } catch (Throwable e) {
            // nobody waits for it: old values are served, which the log is to tell
            if (!threads.isClosed()) {
                outage.failed(e);
            }
        }
    }
}
