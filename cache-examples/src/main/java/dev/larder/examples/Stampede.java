package dev.larder.examples;

import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/**
 * Many threads that ask at once for one airport that nobody asked for before. To be a stampede, all must ask while the
 * answer is still being fetched; so a slow database is played by a loader that waits until all have asked. Used once.
 */
final class Stampede {

    static final int THREADS = 64;
    static final int QUERY_MILLIS = 100;

    private final CountDownLatch notAskedYet = new CountDownLatch(THREADS);

    /** Returns a loader that does what another does, but slowly. */
    CacheLoader<String, Airport> slow(CacheLoader<String, Airport> loader) {
        return new CacheLoader<>() {
            @Override
            public @Nullable Airport load(String icao) {
                awaitAll();
                return loader.load(icao);
            }

            @Override
            public Map<String, Airport> loadAll(Iterable<? extends String> icaos) {
                awaitAll();
                return loader.loadAll(icaos);
            }
        };
    }

    private void awaitAll() {
        try {
            notAskedYet.await();
            // they are about to ask, or have asked
            TimeUnit.MILLISECONDS.sleep(QUERY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CacheLoaderException("interrupted", e);
        }
    }

    /** Lets the threads ask a source for an airport, and returns how many queries the table got for it. */
    long queries(AirportTable table, AirportSource source, String icao) throws Exception {
        long before = table.queries();
        Callable<@Nullable Airport> ask = () -> {
            notAskedYet.countDown();
            return source.find(icao);
        };
        for (Airport found : Together.run(Collections.nCopies(THREADS, ask))) {
            if (found == null) {
                throw new IllegalStateException("airport " + icao + " was not found");
            }
        }
        return table.queries() - before;
    }
}
