package dev.larder.conformance.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.provider.LarderCachingProvider;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.event.EventType;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same operations on a heap and on a server have the same answers, the same events and the same statistics. */
@Timeout(600)
class SameAsTheHeapTest {

    private static final int STEPS = 400;

    private static final List<String> COUNTED =
            List.of("CacheGets", "CacheHits", "CacheMisses", "CachePuts", "CacheRemovals");

    private static RedisCaches redis;
    private static LarderCachingProvider heap;

    @BeforeAll
    static void start() {
        redis = new RedisCaches();
        heap = new LarderCachingProvider();
    }

    @AfterAll
    static void stop() {
        heap.close();
        redis.close();
    }

    static List<Factory<ExpiryPolicy>> policies() {
        return List.of(
                EternalExpiryPolicy.factoryOf(),
                CreatedExpiryPolicy.factoryOf(Duration.ONE_HOUR),
                ModifiedExpiryPolicy.factoryOf(Duration.ONE_HOUR),
                TouchedExpiryPolicy.factoryOf(Duration.ONE_HOUR),
                AccessedExpiryPolicy.factoryOf(Duration.ONE_HOUR),
                CreatedExpiryPolicy.factoryOf(Duration.ZERO));
    }

    /** What a listener was told, in order. */
    private static final class News
            implements CacheEntryCreatedListener<String, Integer>,
                    CacheEntryUpdatedListener<String, Integer>,
                    CacheEntryRemovedListener<String, Integer> {

        private final List<String> told = new ArrayList<>();

        @Override
        public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends Integer>> events) {
            note(events);
        }

        @Override
        public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends Integer>> events) {
            note(events);
        }

        @Override
        public void onRemoved(Iterable<CacheEntryEvent<? extends String, ? extends Integer>> events) {
            note(events);
        }

        private void note(Iterable<CacheEntryEvent<? extends String, ? extends Integer>> events) {
            events.forEach(event -> told.add(event.getEventType() + " " + event.getKey() + " " + event.getOldValue()
                    + " " + (event.getEventType() == EventType.REMOVED ? "" : event.getValue())));
        }

        MutableCacheEntryListenerConfiguration<String, Integer> configuration() {
            return new MutableCacheEntryListenerConfiguration<>(() -> this, null, true, true);
        }
    }

    private static final List<Function<Cache<String, Integer>, Function<String, Object>>> OPERATIONS = List.of(
            cache -> key -> cache.get(key),
            cache -> key -> cache.containsKey(key),
            cache -> key -> done(() -> cache.put(key, 1)),
            cache -> key -> cache.getAndPut(key, 2),
            cache -> key -> cache.putIfAbsent(key, 3),
            cache -> key -> cache.replace(key, 4),
            cache -> key -> cache.replace(key, 1, 5),
            cache -> key -> cache.getAndReplace(key, 1),
            cache -> key -> cache.remove(key),
            cache -> key -> cache.remove(key, 2),
            cache -> key -> cache.getAndRemove(key),
            cache -> key -> new TreeMap<>(cache.getAll(Set.of(key, "d", "e"))),
            cache -> key -> done(() -> cache.putAll(new TreeMap<>(Map.of(key, 1, "d", 2)))),
            cache -> key -> done(() -> cache.removeAll(Set.of(key))),
            cache -> key -> cache.invoke(key, (entry, arguments) -> {
                Integer value = entry.getValue();
                entry.setValue(value == null ? 1 : value + 1);
                return value;
            }),
            cache -> key -> cache.invoke(key, (entry, arguments) -> {
                boolean exists = entry.exists();
                entry.remove();
                return exists;
            }),
            cache -> key -> {
                Map<String, Integer> all = new TreeMap<>();
                cache.forEach(entry -> all.put(entry.getKey(), entry.getValue()));
                return all;
            });

    private static String done(Runnable call) {
        call.run();
        return "done";
    }

    @ParameterizedTest
    @MethodSource("policies")
    void answersAndStatisticsAreTheSame(Factory<ExpiryPolicy> policy) throws JMException {
        compare(policy, null, null);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void answersEventsAndStatisticsAreTheSame(Factory<ExpiryPolicy> policy) throws JMException {
        compare(policy, new News(), new News());
    }

    private static void compare(Factory<ExpiryPolicy> policy, @Nullable News ofHeap, @Nullable News ofRedis)
            throws JMException {
        String name = "same-" + UUID.randomUUID();
        Cache<String, Integer> here = heap.getCacheManager()
                .createCache(
                        name,
                        settings(CacheSettings.builder(String.class, Integer.class), policy, ofHeap)
                                .build());
        LarderCache<String, Integer> there =
                redis.open(name, String.class, Integer.class, all -> settings(all, policy, ofRedis));
        Random random = new Random(policy.hashCode());
        for (int step = 0; step < STEPS; step++) {
            var operation = OPERATIONS.get(random.nextInt(OPERATIONS.size()));
            String key = List.of("a", "b", "c").get(random.nextInt(3));

            Object expected = operation.apply(here).apply(key);

            assertThat(operation.apply(there).apply(key))
                    .as("step %d, operation %d", step, OPERATIONS.indexOf(operation))
                    .isEqualTo(expected);
            assertThat(statistics(there))
                    .as("step %d, operation %d", step, OPERATIONS.indexOf(operation))
                    .isEqualTo(statistics(here));
            assertThat(told(ofRedis)).isEqualTo(told(ofHeap));
        }
    }

    private static List<String> told(@Nullable News news) {
        return news == null ? List.of() : news.told;
    }

    private static CacheSettings.Builder<String, Integer> settings(
            CacheSettings.Builder<String, Integer> all, Factory<ExpiryPolicy> policy, @Nullable News news) {
        all.statistics(true).expiryPolicy(policy);
        return news == null ? all : all.listener(news.configuration());
    }

    private static Map<String, Object> statistics(Cache<?, ?> cache) throws JMException {
        var server = ManagementFactory.getPlatformMBeanServer();
        ObjectName bean = new ObjectName("javax.cache:type=CacheStatistics,CacheManager="
                + cache.getCacheManager().getURI().toString().replace(':', '.') + ",Cache=" + cache.getName());
        Map<String, Object> counts = new LinkedHashMap<>();
        for (String counted : COUNTED) {
            counts.put(counted, Objects.requireNonNull(server.getAttribute(bean, counted)));
        }
        return counts;
    }
}
