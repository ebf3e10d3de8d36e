package dev.larder.jcache.internal.load;

import org.jspecify.annotations.Nullable;

/**
 * What the loads of a cache have beside the loader, where its settings ask for it.
 *
 * @param <K> the type of key
 * @param memory remembers loads that brought nothing, or null if none does
 * @param timed loads that are waited for so long and no longer, or null if each caller loads itself
 * @param renewal what renewing takes, or null if no value is served that is past its time
 */
public record LoadParts<K>(
        @Nullable LoadMemory<K> memory,
        @Nullable TimedLoads timed,
        @Nullable Renewal renewal) implements AutoCloseable {

    /**
     * What it takes to renew values. The cache has a memory too then.
     *
     * @param freshness tells which are to be renewed
     * @param threads renew those that nobody waits for
     * @param outage is told of failures that no caller hears of
     */
    public record Renewal(Freshness freshness, LoadThreads threads, Outage outage) {}

    /** Returns the parts of a cache whose settings ask for nothing. */
    public static <K> LoadParts<K> none() {
        return new LoadParts<>(null, null, null);
    }

    /** Returns what takes account of how long loads take, or null if nothing does. */
    @Nullable
    EarlyRefresh early() {
        return renewal == null ? null : renewal.freshness().early();
    }

    /** Returns how much longer than its TTL an entry is kept. */
    public long moreMillis() {
        return renewal == null ? 0 : renewal.freshness().moreMillis();
    }

    /** Ends the threads, and forgets everything. */
    @Override
    public void close() {
        if (timed != null) {
            timed.threads().close();
        }
        if (renewal != null) {
            renewal.threads().close();
        }
        if (memory != null) {
            memory.close();
        }
    }
}
