package dev.larder.benchmarks.subject;

import java.io.Serializable;
import java.util.concurrent.atomic.LongAdder;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryUpdatedListener;

/** Counts what it hears of, and does no more. */
final class CountingListener
        implements CacheEntryCreatedListener<Integer, Object>,
                CacheEntryUpdatedListener<Integer, Object>,
                Serializable {
    private static final long serialVersionUID = 1;

    private final LongAdder heard = new LongAdder();

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends Integer, ?>> events) {
        count(events);
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends Integer, ?>> events) {
        count(events);
    }

    private void count(Iterable<CacheEntryEvent<? extends Integer, ?>> events) {
        for (CacheEntryEvent<? extends Integer, ?> event : events) {
            if (event.getKey() != null) {
                heard.increment();
            }
        }
    }
}
