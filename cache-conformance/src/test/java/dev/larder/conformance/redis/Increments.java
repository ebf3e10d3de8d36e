package dev.larder.conformance.redis;

import dev.larder.jcache.LarderCache;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.CacheException;
import javax.cache.processor.MutableEntry;

/** Increments counters by entry processors, and counts what was acknowledged and what nobody knows. */
final class Increments {

    static final String CACHE = "counters";
    static final String COUNTED = "counted";

    private final LarderCache<String, Long> cache;
    private final int keys;
    private final Map<String, AtomicLong> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> unknown = new ConcurrentHashMap<>();
    private final AtomicLong refused = new AtomicLong();

    Increments(LarderCache<String, Long> cache, int keys) {
        this.cache = cache;
        this.keys = keys;
    }

    /** {@code uri threads increments keys}. */
    public static void main(String[] arguments) throws Exception {
        Increments increments = new Increments(
                new Member(arguments[0]).cache(CACHE, Long.class, settings -> settings.storeDeadline(Member.USUAL)),
                Integer.parseInt(arguments[3]));
        Member.work(() -> {
            increments.run(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
            increments
                    .keys()
                    .forEach(key -> Member.say(COUNTED, key, increments.acknowledged(key), increments.unknown(key)));
            Member.say("refused", increments.refused);
        });
    }

    static String key(int number) {
        return "counter-" + number;
    }

    void run(int threads, int each) throws Exception {
        Member.inThreads(threads, thread -> {
            for (int i = 0; i < each; i++) {
                increment(key(ThreadLocalRandom.current().nextInt(keys)));
            }
        });
    }

    /** Tries until the increment is made, or may have been. */
    private void increment(String key) throws InterruptedException {
        while (true) {
            try {
                cache.invoke(key, Increments::add);
                count(acknowledged, key);
                return;
            } catch (CacheException e) {
                if (!Member.changedNothing(e)) {
                    count(unknown, key);
                    return;
                }
                refused.incrementAndGet();
                TimeUnit.MILLISECONDS.sleep(2);
            }
        }
    }

    /** Adds one, and returns the sum. */
    static Long add(MutableEntry<String, Long> entry, Object... none) {
        long sum = 1 + (entry.exists() ? entry.getValue() : 0);
        entry.setValue(sum);
        return sum;
    }

    private static void count(Map<String, AtomicLong> counts, String key) {
        counts.computeIfAbsent(key, unused -> new AtomicLong()).incrementAndGet();
    }

    Set<String> keys() {
        Set<String> all = new TreeSet<>(acknowledged.keySet());
        all.addAll(unknown.keySet());
        return all;
    }

    long acknowledged(String key) {
        return acknowledged.getOrDefault(key, new AtomicLong()).get();
    }

    long unknown(String key) {
        return unknown.getOrDefault(key, new AtomicLong()).get();
    }
}
