package dev.larder.conformance.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.provider.LarderCachingProvider;
import dev.larder.redis.RedisSettings;
import dev.larder.redis.RedisStores;
import dev.larder.store.guard.OnStoreFailure;
import dev.larder.testkit.fault.TcpProxy;
import dev.larder.testkit.server.RedisServer;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each operation asks of the server, as the server hears it. */
@Timeout(600)
class RoundTripsTest {

    private static final javax.cache.expiry.Duration HOUR = javax.cache.expiry.Duration.ONE_HOUR;
    private static final int MANY = 200;

    private static RedisServer server;
    private static TcpProxy proxy;
    private static RedisStores redis;
    private static RequestMonitor monitor;

    private final LarderCachingProvider provider = new LarderCachingProvider();

    @BeforeAll
    static void connect() {
        server = RedisServer.start();
        proxy = TcpProxy.to(server.host(), server.port());
        redis = RedisStores.connect(RedisSettings.of(URI.create("redis://" + proxy.host() + ":" + proxy.port())));
        monitor = new RequestMonitor(server);
    }

    @AfterAll
    static void disconnect() {
        monitor.close();
        redis.close();
        proxy.close();
        server.close();
    }

    @AfterEach
    void closeCaches() {
        proxy.pass();
        provider.close();
    }

    /** An expiry policy of the standard. */
    private enum Policy {
        ETERNAL(EternalExpiryPolicy.factoryOf()),
        CREATED(CreatedExpiryPolicy.factoryOf(HOUR)),
        MODIFIED(ModifiedExpiryPolicy.factoryOf(HOUR)),
        TOUCHED(TouchedExpiryPolicy.factoryOf(HOUR)),
        ACCESSED(AccessedExpiryPolicy.factoryOf(HOUR));

        @SuppressWarnings("ImmutableEnumChecker") // immutable all the same
        private final Factory<ExpiryPolicy> factory;

        Policy(Factory<ExpiryPolicy> factory) {
            this.factory = factory;
        }

        boolean movesDeadlineOnAccess() {
            return this == TOUCHED || this == ACCESSED;
        }
    }

    /** What a cache has besides. */
    private enum Extra {
        NOTHING(settings -> settings),
        STATISTICS(settings -> settings.statistics(true)),
        LOADER(settings -> settings.loader(new Loader())),
        LISTENER(settings -> settings.listener(listener(false))),
        LISTENER_OF_OLD_VALUES(settings -> settings.listener(listener(true)));

        @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
        private final UnaryOperator<CacheSettings.Builder<String, String>> settings;

        Extra(UnaryOperator<CacheSettings.Builder<String, String>> settings) {
            this.settings = settings;
        }

        private static MutableCacheEntryListenerConfiguration<String, String> listener(boolean wantsOldValues) {
            return new MutableCacheEntryListenerConfiguration<>(Listener::new, null, wantsOldValues, true);
        }
    }

    private static final class Loader implements CacheLoader<String, String> {
        @Override
        public String load(String key) {
            return "loaded";
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            Map<String, String> loaded = new HashMap<>();
            keys.forEach(key -> loaded.put(key, "loaded"));
            return loaded;
        }
    }

    private static final class Listener
            implements CacheEntryCreatedListener<String, String>,
                    CacheEntryUpdatedListener<String, String>,
                    CacheEntryRemovedListener<String, String>,
                    CacheEntryExpiredListener<String, String> {
        @Override
        public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {}

        @Override
        public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {}

        @Override
        public void onRemoved(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {}

        @Override
        public void onExpired(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {}
    }

    private static final class Writer implements CacheWriter<String, String> {
        @Override
        public void write(Cache.Entry<? extends String, ? extends String> entry) {}

        @Override
        public void writeAll(Collection<Cache.Entry<? extends String, ? extends String>> entries) {
            entries.clear();
        }

        @Override
        public void delete(Object key) {}

        @Override
        public void deleteAll(Collection<?> keys) {
            keys.clear();
        }
    }

    /** Each operation by its name; "there" has the value "v", "absent" has none. */
    private static Map<String, Consumer<Cache<String, String>>> operations() {
        Map<String, Consumer<Cache<String, String>>> operations = new LinkedHashMap<>();
        operations.put("get, hit", cache -> cache.get("there"));
        operations.put("containsKey, hit", cache -> cache.containsKey("there"));
        operations.put("containsKey, miss", cache -> cache.containsKey("absent"));
        operations.put("put, new", cache -> cache.put("absent", "w"));
        operations.put("put, over", cache -> cache.put("there", "w"));
        operations.put("getAndPut, new", cache -> cache.getAndPut("absent", "w"));
        operations.put("getAndPut, over", cache -> cache.getAndPut("there", "w"));
        operations.put("putIfAbsent", cache -> cache.putIfAbsent("absent", "w"));
        operations.put("putIfAbsent, refused", cache -> cache.putIfAbsent("there", "w"));
        operations.put("replace", cache -> cache.replace("there", "w"));
        operations.put("replace, refused", cache -> cache.replace("absent", "w"));
        operations.put("getAndReplace", cache -> cache.getAndReplace("there", "w"));
        operations.put("replace by value", cache -> cache.replace("there", "v", "w"));
        operations.put("replace by value, absent", cache -> cache.replace("absent", "v", "w"));
        operations.put("remove", cache -> cache.remove("there"));
        operations.put("remove, absent", cache -> cache.remove("absent"));
        operations.put("remove by value", cache -> cache.remove("there", "v"));
        operations.put("remove by value, absent", cache -> cache.remove("absent", "v"));
        operations.put("getAndRemove", cache -> cache.getAndRemove("there"));
        operations.put("getAndRemove, absent", cache -> cache.getAndRemove("absent"));
        return operations;
    }

    private static Map<String, Consumer<Cache<String, String>>> refusalsByValue() {
        Map<String, Consumer<Cache<String, String>>> refusals = new LinkedHashMap<>();
        refusals.put("replace by value, refused", cache -> cache.replace("there", "x", "w"));
        refusals.put("remove by value, refused", cache -> cache.remove("there", "x"));
        return refusals;
    }

    static List<Arguments> combinations() {
        return IntStream.range(0, Policy.values().length * Extra.values().length)
                .mapToObj(i -> Arguments.of(
                        Policy.values()[i / Extra.values().length], Extra.values()[i % Extra.values().length]))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void operationOnAKeyIsOneRequest(Policy policy, Extra extra) {
        Cache<String, String> cache = open(policy, extra.settings);

        Map<String, List<String>> requests = requests(cache, operations());

        assertThat(requests)
                .allSatisfy((operation, made) -> assertThat(made).as(operation).hasSize(1));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void missIsOneRequestWithoutALoaderAndALeaseMoreWithOne(Policy policy, Extra extra) {
        Cache<String, String> cache = open(policy, extra.settings);

        List<String> made =
                requests(cache, Map.of("get, miss", each -> each.get("absent"))).get("get, miss");

        // with a loader: the miss, the lease to load by, the put by that lease
        assertThat(made).hasSize(extra == Extra.LOADER ? 3 : 1);
    }

    /** The value may still be equal, as this JVM has to see; and then the deadline is moved, if an access does that. */
    @ParameterizedTest
    @MethodSource("combinations")
    void refusalByValueIsOneRequestAndOneMoreThatMovesTheDeadline(Policy policy, Extra extra) {
        Cache<String, String> cache = open(policy, extra.settings);

        assertThat(requests(cache, refusalsByValue()))
                .allSatisfy((operation, made) ->
                        assertThat(made).as(operation).hasSize(policy.movesDeadlineOnAccess() ? 2 : 1));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void entryProcessorIsALookAndAChange(Policy policy, Extra extra) {
        Cache<String, String> cache = open(policy, extra.settings);
        Map<String, Consumer<Cache<String, String>>> invocations = new LinkedHashMap<>();
        invocations.put(
                "set",
                each -> each.invoke("there", (entry, arguments) -> {
                    entry.setValue(entry.getValue() + "!");
                    return null;
                }));
        invocations.put(
                "remove",
                each -> each.invoke("there", (entry, arguments) -> {
                    entry.getValue();
                    entry.remove();
                    return null;
                }));

        assertThat(requests(cache, invocations))
                .allSatisfy((operation, made) -> assertThat(made).as(operation).hasSize(2));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void writeWithAWriterIsALookALeaseAndAChange(Policy policy, Extra extra) {
        Cache<String, String> cache =
                open(policy, settings -> extra.settings.apply(settings).writer(new Writer()));
        Map<String, Consumer<Cache<String, String>>> writes = operations();
        writes.keySet()
                .removeIf(name -> name.contains("refused")
                        || name.startsWith("get,")
                        || name.startsWith("contains")
                        || name.endsWith("by value, absent"));

        assertThat(requests(cache, writes))
                .allSatisfy((operation, made) -> assertThat(made).as(operation).hasSize(3));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void getAllIsOneRoundTrip(Policy policy, Extra extra) {
        Cache<String, String> cache = open(policy, extra.settings);
        Map<String, String> entries = entries();
        cache.putAll(entries);

        List<String> sent =
                sentBeforeAnyReply(policy.movesDeadlineOnAccess() ? MANY : 1, () -> cache.getAll(entries.keySet()));

        assertThat(sent).hasSize(policy.movesDeadlineOnAccess() ? MANY : 1);
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void putAllAndRemoveAllAreOneRoundTrip(Policy policy, Extra extra) {
        Cache<String, String> cache = open(policy, extra.settings);
        Map<String, String> entries = entries();
        cache.putAll(entries);
        cache.removeAll(entries.keySet());

        assertThat(sentBeforeAnyReply(MANY, () -> cache.putAll(entries))).hasSize(MANY);
        assertThat(sentBeforeAnyReply(MANY, () -> cache.removeAll(entries.keySet())))
                .hasSize(MANY);
    }

    @Test
    void degradingCacheAsksNoMore() {
        Cache<String, String> cache = open(Policy.CREATED, settings -> settings.onStoreFailure(OnStoreFailure.DEGRADE));

        assertThat(requests(cache, operations()))
                .allSatisfy((operation, made) -> assertThat(made).as(operation).hasSize(1));
    }

    /** Lets no reply through before that many requests have arrived, and returns those and what came later. */
    private static List<String> sentBeforeAnyReply(int expected, Runnable call) {
        monitor.requestsUntilNow();
        proxy.delayReplies(Duration.ofHours(1));
        CompletableFuture<Void> done = CompletableFuture.runAsync(call);
        List<String> sent = monitor.requestsUntilNow();
        await().atMost(60, TimeUnit.SECONDS).until(() -> {
            sent.addAll(monitor.requestsUntilNow());
            return sent.size() >= expected;
        });
        proxy.pass();
        done.join();
        sent.addAll(monitor.requestsUntilNow());
        return sent;
    }

    private static Map<String, String> entries() {
        return IntStream.range(0, MANY).boxed().collect(Collectors.toMap(i -> "key " + i, i -> "value " + i));
    }

    /** Returns what each operation asks for, once the server knows all scripts. */
    private static Map<String, List<String>> requests(
            Cache<String, String> cache, Map<String, Consumer<Cache<String, String>>> operations) {
        Map<String, List<String>> requests = new LinkedHashMap<>();
        for (int round = 0; round < 2; round++) {
            operations.forEach((name, operation) -> {
                cache.put("there", "v");
                cache.remove("absent");
                requests.put(name, monitor.during(() -> operation.accept(cache)));
            });
        }
        return requests;
    }

    private Cache<String, String> open(Policy policy, UnaryOperator<CacheSettings.Builder<String, String>> more) {
        CacheSettings<String, String> settings = more.apply(CacheSettings.builder(String.class, String.class)
                        .store(redis.stores())
                        .onStoreFailure(OnStoreFailure.FAIL)
                        .maxStale(Duration.ofHours(2))
                        .storeDeadline(Duration.ofSeconds(30))
                        .expiryPolicy(policy.factory))
                .build();
        return LarderCache.of(provider.getCacheManager().createCache("trips-" + UUID.randomUUID(), settings));
    }
}
