package dev.larder.conformance.redis;

import dev.larder.jcache.LarderCache;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.cache.integration.CacheLoader;

/** Reads keys that nobody has loaded yet through a loader that takes its time, and counts how often that is asked. */
final class ColdReader {

    static final String LOADED = "loaded";

    private static final long LOAD_MILLIS = 20;

    private final LarderCache<String, String> cache;
    private final AtomicInteger loads = new AtomicInteger();

    ColdReader(Member member) {
        cache = member.cache("cold", String.class, settings -> settings.loader(new Slow(loads)));
    }

    /** {@code uri threads keys}. */
    public static void main(String[] arguments) throws Exception {
        ColdReader reader = new ColdReader(new Member(arguments[0]));
        Member.work(() -> {
            reader.run(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
            Member.say(LOADED, reader.loads());
        });
    }

    /** Lets each thread read all keys, in the same order. */
    void run(int threads, int keys) throws Exception {
        Member.inThreads(threads, thread -> {
            for (int i = 0; i < keys; i++) {
                String key = "key-" + i;
                String value = cache.get(key);
                if (!Slow.valueOf(key).equals(value)) {
                    throw new AssertionError(key + " has " + value);
                }
            }
        });
    }

    int loads() {
        return loads.get();
    }

    /** Loads after a while, in which others find the key missing. */
    private record Slow(AtomicInteger loads) implements CacheLoader<String, String> {

        static String valueOf(String key) {
            return "value of " + key;
        }

        @Override
        public String load(String key) {
            loads.incrementAndGet();
            try {
                TimeUnit.MILLISECONDS.sleep(LOAD_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return valueOf(key);
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            return StreamSupport.stream(keys.spliterator(), false).collect(Collectors.toMap(key -> key, this::load));
        }
    }
}
