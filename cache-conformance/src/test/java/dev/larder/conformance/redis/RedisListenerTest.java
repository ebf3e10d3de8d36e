package dev.larder.conformance.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.provider.LarderCachingProvider;
import dev.larder.redis.RedisSettings;
import dev.larder.redis.RedisStores;
import dev.larder.store.guard.OnStoreFailure;
import dev.larder.testkit.server.RedisServer;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.cache.Cache;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What listeners of one JVM hear of another's changes, and what that costs the other. */
@Timeout(600)
class RedisListenerTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String TRIAL = "trial ";
    private static final Pattern PUBLICATIONS = Pattern.compile("cmdstat_publish:calls=(\\d+)");

    private static RedisServer server;
    private static RequestMonitor monitor;

    private final LarderCachingProvider provider = new LarderCachingProvider();
    private final String name = "heard-" + UUID.randomUUID();
    private final Heard heard = new Heard();
    private RedisStores ours;
    private RedisStores theirs;
    private LarderCache<String, String> here;
    private LarderCache<String, String> there;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
        monitor = new RequestMonitor(server);
    }

    @AfterAll
    static void stop() {
        monitor.close();
        server.close();
    }

    @BeforeEach
    void open() {
        ours = connect();
        theirs = connect();
        here = open(ours);
        there = open(theirs);
    }

    @AfterEach
    void close() {
        provider.close();
        ours.close();
        theirs.close();
    }

    private static RedisStores connect() {
        return RedisStores.connect(RedisSettings.of(URI.create(server.uri())));
    }

    /** Opens the cache in a manager of its own. */
    private LarderCache<String, String> open(RedisStores redis) {
        CacheSettings<String, String> settings = CacheSettings.builder(String.class, String.class)
                .store(redis.stores())
                .onStoreFailure(OnStoreFailure.FAIL)
                .storeDeadline(Duration.ofSeconds(30))
                .build();
        URI manager = URI.create("listeners:" + UUID.randomUUID());
        return LarderCache.of(
                provider.getCacheManager(manager, getClass().getClassLoader()).createCache(name, settings));
    }

    /** Remembers what it hears, in lines. */
    private static final class Heard
            implements CacheEntryCreatedListener<String, String>,
                    CacheEntryUpdatedListener<String, String>,
                    CacheEntryRemovedListener<String, String>,
                    CacheEntryExpiredListener<String, String> {

        private final List<String> lines = new CopyOnWriteArrayList<>();

        private void hear(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
            events.forEach(event -> lines.add(event.getEventType() + " " + event.getKey() + "=" + event.getValue()
                    + " was " + event.getOldValue()));
        }

        @Override
        public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
            hear(events);
        }

        @Override
        public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
            hear(events);
        }

        @Override
        public void onRemoved(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
            hear(events);
        }

        @Override
        public void onExpired(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
            hear(events);
        }

        List<String> withoutTrials() {
            return lines.stream().filter(line -> !line.contains(TRIAL)).toList();
        }
    }

    private static MutableCacheEntryListenerConfiguration<String, String> configuration(
            Heard listener, boolean synchronous, CacheEntryEventFilter<String, String> filter) {
        return new MutableCacheEntryListenerConfiguration<>(() -> listener, () -> filter, true, synchronous);
    }

    /** Registers a listener here and waits until it hears what is put there. */
    private void listen(Heard listener, CacheEntryEventFilter<String, String> filter) {
        listen(here, listener, filter);
    }

    private void listen(Cache<String, String> cache, Heard listener, CacheEntryEventFilter<String, String> filter) {
        cache.registerCacheEntryListener(
                configuration(listener, false, event -> event.getKey().startsWith(TRIAL) || filter.evaluate(event)));
        await().atMost(SOON).until(() -> {
            String key = TRIAL + UUID.randomUUID();
            there.put(key, "1");
            there.put(key, "2");
            return listener.lines.stream().anyMatch(line -> line.endsWith("was 1"));
        });
    }

    private void changeAll(Cache<String, String> cache) {
        cache.put("k", "a");
        cache.replace("k", "b");
        cache.invoke("k", (entry, arguments) -> {
            entry.setValue(entry.getValue() + "!");
            return null;
        });
        cache.getAndPut("k", "c");
        cache.remove("k");
        cache.putIfAbsent("k", "d");
        cache.getAndRemove("k");
        cache.putAll(Map.of("k", "e"));
        cache.removeAll();
        cache.put("last", "z");
    }

    private static final String[] ALL = {
        "CREATED k=a was null",
        "UPDATED k=b was a",
        "UPDATED k=b! was b",
        "UPDATED k=c was b!",
        "REMOVED k=c was c",
        "CREATED k=d was null",
        "REMOVED k=d was d",
        "CREATED k=e was null",
        "REMOVED k=e was e"
    };

    private void awaitLast() {
        await().atMost(SOON).until(() -> heard.lines.contains("CREATED last=z was null"));
    }

    private List<String> heardOfKey() {
        return heard.withoutTrials().stream()
                .filter(line -> line.contains(" k="))
                .toList();
    }

    @Test
    void asynchronousListenerHearsOfTheOthersChanges() {
        listen(heard, event -> true);

        changeAll(there);
        awaitLast();

        await().atMost(SOON).untilAsserted(() -> assertThat(heardOfKey()).containsExactly(ALL));
    }

    @Test
    void newsPassTheFilter() {
        listen(heard, event -> event.getValue().contains("!") || event.getKey().equals("last"));

        changeAll(there);
        awaitLast();

        await().atMost(SOON).untilAsserted(() -> assertThat(heardOfKey()).containsExactly("UPDATED k=b! was b"));
    }

    @Test
    void synchronousListenerHearsOfItsOwnJvmAlone() {
        Heard synchronous = new Heard();
        here.registerCacheEntryListener(configuration(synchronous, true, event -> true));
        listen(heard, event -> true);

        there.put("theirs", "v");
        here.put("ours", "v");

        await().atMost(SOON).until(() -> heard.lines.contains("CREATED theirs=v was null"));
        assertThat(synchronous.withoutTrials()).containsExactly("CREATED ours=v was null");
    }

    @Test
    void ownEventsComeOnce() {
        listen(heard, event -> true);

        changeAll(here);
        there.put("after", "v");

        await().atMost(SOON).until(() -> heard.lines.contains("CREATED after=v was null"));
        awaitLast();
        await().atMost(SOON).untilAsserted(() -> assertThat(heardOfKey()).containsExactly(ALL));
    }

    @Test
    void operationIsOneRequestAlsoWhileAnotherJvmListens() {
        listen(heard, event -> true);
        Map<String, Consumer<Cache<String, String>>> operations = new LinkedHashMap<>();
        operations.put("put, new", cache -> cache.put("absent", "w"));
        operations.put("put, over", cache -> cache.put("there", "w"));
        operations.put("getAndPut", cache -> cache.getAndPut("there", "w"));
        operations.put("putIfAbsent", cache -> cache.putIfAbsent("absent", "w"));
        operations.put("replace", cache -> cache.replace("there", "w"));
        operations.put("replace by value", cache -> cache.replace("there", "v", "w"));
        operations.put("getAndReplace", cache -> cache.getAndReplace("there", "w"));
        operations.put("remove", cache -> cache.remove("there"));
        operations.put("remove by value", cache -> cache.remove("there", "v"));
        operations.put("getAndRemove", cache -> cache.getAndRemove("there"));
        operations.put("get", cache -> cache.get("there"));

        operations.forEach((operation, call) -> {
            there.put("there", "v");
            there.remove("absent");
            assertThat(monitor.during(() -> call.accept(there))).as(operation).hasSize(1);
        });
    }

    /** Those of a cache that was closed, and those of a JVM that died. In one test, since that takes its while. */
    @Test
    void listenersThatAreGoneCostTheOthersNothingAfterAWhile() {
        assertThat(isPublished("before")).isFalse();
        try (RedisStores mortal = connect()) {
            listen(open(mortal), new Heard(), event -> true);
            assertThat(isPublished("while")).isTrue();
            listen(heard, event -> true);
        }
        here.close();

        await().atMost(SOON).until(() -> !isPublished("after"));
    }

    /** Whether what the other puts is published, as the server counts it. */
    private boolean isPublished(String key) {
        long before = publications();
        there.put(key, "v");
        return publications() > before;
    }

    private static long publications() {
        Matcher count = PUBLICATIONS.matcher(String.valueOf(server.call("INFO", "commandstats")));
        return count.find() ? Long.parseLong(count.group(1)) : 0;
    }
}
