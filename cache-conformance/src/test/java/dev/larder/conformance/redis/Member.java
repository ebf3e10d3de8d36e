package dev.larder.conformance.redis;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.provider.LarderCachingProvider;
import dev.larder.redis.RedisSettings;
import dev.larder.redis.RedisStores;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.StoreFactory;
import dev.larder.store.StoreTimeoutException;
import dev.larder.store.guard.OnStoreFailure;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.cache.CacheException;
import javax.cache.spi.CachingProvider;

/** One user of caches on a Redis server: a manager with connections of its own, in this JVM or as all there is in another. */
final class Member implements AutoCloseable {

    static final String READY = "ready";
    static final String GO = "go";
    static final String DONE = "done";

    /** How long calls may take where that is not what a test is about: a busy machine may stop a server for seconds. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How long calls may take where something fails meanwhile, as it is by default. */
    static final Duration USUAL = Duration.ofSeconds(1);

    private final RedisStores redis;
    private final CachingProvider provider = new LarderCachingProvider();
    private final UnaryOperator<StoreFactory> wrapping;

    Member(String uri, UnaryOperator<StoreFactory> wrapping) {
        this.redis = RedisStores.connect(RedisSettings.of(URI.create(uri)));
        this.wrapping = wrapping;
    }

    Member(String uri) {
        this(uri, UnaryOperator.identity());
    }

    /** Creates a cache that fails if its store does. */
    <V> LarderCache<String, V> cache(
            String name, Class<V> type, UnaryOperator<CacheSettings.Builder<String, V>> settings) {
        CacheSettings<String, V> all = settings.apply(CacheSettings.builder(String.class, type)
                        .store(wrapping.apply(redis.stores()))
                        .onStoreFailure(OnStoreFailure.FAIL)
                        .storeDeadline(PATIENCE))
                .build();
        return LarderCache.of(
                provider.getCacheManager(URI.create("member"), getClass().getClassLoader())
                        .createCache(name, all));
    }

    <V> LarderCache<String, V> cache(String name, Class<V> type) {
        return cache(name, type, settings -> settings);
    }

    @Override
    public void close() {
        provider.close();
        redis.close();
    }

    /** Whether a call that failed is sure to have changed nothing. */
    static boolean changedNothing(CacheException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StoreException of) {
                return of.applied() == Applied.NO;
            }
        }
        return false;
    }

    /** Whether a call that failed may yet change something. */
    static boolean timedOut(CacheException failure) {
        return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(StoreTimeoutException.class::isInstance);
    }

    /** Does something in several threads at a time, and returns when all are done. */
    static void inThreads(int threads, ThrowingConsumer work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                Callable<?> call = () -> {
                    work.accept(thread);
                    return null;
                };
                all.add(pool.submit(call));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** Takes the number of a thread. */
    @FunctionalInterface
    interface ThrowingConsumer {
        void accept(int thread) throws Exception;
    }

    /** What a JVM is there for. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    /** Is the main program of such a JVM: says that it is ready, waits to be let go, works, and says that it is done. */
    @SuppressWarnings("SystemOut") // it is how the JVM that started this one hears of it
    static void work(Work work) throws Exception {
        System.out.println(READY);
        for (int i = 0; i < GO.length() + 1; i++) {
            endIfLast(System.in.read());
        }
        Thread lifeline = new Thread(Member::endWithParent, "lifeline");
        lifeline.setDaemon(true);
        lifeline.start();
        work.run();
        System.out.println(DONE);
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    private static void endWithParent() {
        try {
            endIfLast(System.in.read());
        } catch (IOException e) {
            endIfLast(-1);
        }
    }

    private static void endIfLast(int read) {
        if (read < 0) {
            Runtime.getRuntime().halt(1);
        }
    }

    /** Says a line to whoever started this JVM. */
    @SuppressWarnings("SystemOut") // as above
    static void say(String word, Object... more) {
        StringBuilder line = new StringBuilder(word);
        for (Object each : more) {
            line.append(' ').append(each);
        }
        System.out.println(line);
    }
}
