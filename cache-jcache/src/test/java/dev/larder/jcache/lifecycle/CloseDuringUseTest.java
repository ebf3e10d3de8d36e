package dev.larder.jcache.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.fixture.CacheMaker;
import dev.larder.jcache.fixture.CountingPolicy;
import dev.larder.jcache.fixture.Parallel;
import dev.larder.jcache.fixture.RecordingListener;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(300)
class CloseDuringUseTest {

    private final LarderThreads threads = new LarderThreads();
    private final CacheMaker maker = new CacheMaker();
    private final Parallel parallel = new Parallel();

    @AfterEach
    void close() {
        parallel.close();
        maker.close();
    }

    private static Named<Consumer<LarderCache<String, String>>> call(
            String name, Consumer<LarderCache<String, String>> call) {
        return Named.of(name, call);
    }

    static Stream<Named<Consumer<LarderCache<String, String>>>> calls() {
        var listener = new RecordingListener<String, String>().synchronously();
        return Stream.of(
                call("get", cache -> cache.get("k")),
                call("getAll", cache -> cache.getAll(Set.of("k", "l"))),
                call("containsKey", cache -> cache.containsKey("k")),
                call("loadAll", cache -> cache.loadAll(Set.of("k"), true, null)),
                call("put", cache -> cache.put("k", "v")),
                call("put with TTL", cache -> cache.put("k", "v", Duration.ofSeconds(1))),
                call("getAndPut", cache -> cache.getAndPut("k", "v")),
                call("putAll", cache -> cache.putAll(Map.of("k", "v", "l", "w"))),
                call("putIfAbsent", cache -> cache.putIfAbsent("k", "v")),
                call("putIfAbsent with TTL", cache -> cache.putIfAbsent("k", "v", Duration.ofSeconds(1))),
                call("touch", cache -> cache.touch("k", Duration.ofSeconds(1))),
                call("remove", cache -> cache.remove("k")),
                call("remove value", cache -> cache.remove("k", "v")),
                call("getAndRemove", cache -> cache.getAndRemove("k")),
                call("replace", cache -> cache.replace("k", "v")),
                call("replace value", cache -> cache.replace("k", "v", "w")),
                call("getAndReplace", cache -> cache.getAndReplace("k", "v")),
                call("removeAll of keys", cache -> cache.removeAll(Set.of("k", "l"))),
                call("removeAll", Cache::removeAll),
                call("clear", Cache::clear),
                call("invalidate", cache -> cache.invalidate("k")),
                call("invalidateAll", cache -> cache.invalidateAll(Set.of("k"))),
                call("estimatedSize", LarderCache::estimatedSize),
                call(
                        "invoke",
                        cache -> cache.invoke("k", (entry, arguments) -> {
                            entry.setValue("v");
                            return null;
                        })),
                call("invokeAll", cache -> cache.invokeAll(Set.of("k"), (entry, arguments) -> entry.exists())),
                call("iterator", cache -> assertThat(cache.iterator()).isNotNull()),
                call("register", cache -> cache.registerCacheEntryListener(listener)),
                call("deregister", cache -> cache.deregisterCacheEntryListener(listener)));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void callAfterCloseIsRefusedWithTheName(Consumer<LarderCache<String, String>> call) {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings());
        cache.put("k", "v");

        cache.close();

        assertThatThrownBy(() -> call.accept(cache))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("cache \"" + cache.getName() + "\" is closed");
    }

    @Test
    void whatNeedsNoEntriesWorksAfterClose() {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings());
        CacheManager manager = maker.manager();
        assertThat(cache).hasToString("Larder cache \"" + cache.getName() + "\"");

        cache.close();
        cache.close();

        assertThat(cache.isClosed()).isTrue();
        assertThat(cache).hasToString("Larder cache \"" + cache.getName() + "\" (closed)");
        assertThat(cache.getCacheManager()).isSameAs(manager);
        assertThat((Object) cache.unwrap(LarderCache.class)).isSameAs(cache);
    }

    static Stream<Named<Consumer<CacheManager>>> managerCalls() {
        return Stream.of(
                Named.of(
                        "createCache",
                        manager -> manager.createCache("c", CacheMaker.strings().build())),
                Named.of("getCache", manager -> manager.getCache("c")),
                Named.of("getCache with types", manager -> manager.getCache("c", String.class, String.class)),
                Named.of("getCacheNames", CacheManager::getCacheNames),
                Named.of("destroyCache", manager -> manager.destroyCache("c")),
                Named.of("enableManagement", manager -> manager.enableManagement("c", true)),
                Named.of("enableStatistics", manager -> manager.enableStatistics("c", true)));
    }

    @ParameterizedTest
    @MethodSource("managerCalls")
    void callOfAClosedManagerIsRefusedWithItsUri(Consumer<CacheManager> call) {
        CacheManager manager = maker.manager();

        manager.close();

        assertThatThrownBy(() -> call.accept(manager))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("cache manager " + manager.getURI() + " is closed");
        assertThat(manager).hasToString("Larder cache manager " + manager.getURI() + " (closed)");
        assertThatCode(manager::close).doesNotThrowAnyException();
    }

    static Stream<Named<CacheSettings.Builder<String, String>>> kinds() {
        return Stream.of(
                Named.of("plain", CacheMaker.strings()),
                Named.of("bounded", CacheMaker.strings().maximumSize(10)),
                Named.of(
                        "with all customisations",
                        new Customisation.Makers().settings().statistics(true).management(true)),
                Named.of(
                        "with listeners",
                        CacheMaker.strings()
                                .listener(new RecordingListener<String, String>().synchronously())
                                .listener(new RecordingListener<String, String>().asynchronously())),
                Named.of(
                        "with a custom policy",
                        CacheMaker.strings()
                                .expiryPolicy(() -> new CountingPolicy()
                                        .onCreation(CountingPolicy.seconds(5))
                                        .onAccess(CountingPolicy.seconds(5)))));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void callsOfManyThreadsEndWhenTheManagerCloses(CacheSettings.Builder<String, String> settings) throws Exception {
        LarderCache<String, String> cache = maker.make(settings);
        List<Consumer<LarderCache<String, String>>> calls = calls().filter(
                        call -> !call.getName().endsWith("register"))
                .map(Named::getPayload)
                .toList();
        Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
        CountDownLatch underWay = new CountDownLatch(200);
        List<Future<Void>> users = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int offset = i * 5;
            users.add(parallel.start(() -> {
                for (int round = offset; !cache.isClosed(); round++) {
                    Consumer<LarderCache<String, String>> call = calls.get(round % calls.size());
                    Throwable failure = catchThrowable(() -> call.accept(cache));
                    if (failure != null) {
                        thrown.add(failure);
                    }
                    underWay.countDown();
                }
                return null;
            }));
        }

        Parallel.await(underWay);
        cache.getCacheManager().close();
        for (Future<Void> user : users) {
            Parallel.resultOf(user);
        }

        assertThat(thrown)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("cache \"" + cache.getName() + "\" is closed"));
        threads.awaitNone();
    }

    @Test
    void iteratorEndsWithTheCache() {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings());
        cache.putAll(Map.of("k", "v", "l", "w"));
        Iterator<Cache.Entry<String, String>> atStart = cache.iterator();
        Iterator<Cache.Entry<String, String>> looked = cache.iterator();
        assertThat(looked.hasNext()).isTrue();
        Iterator<Cache.Entry<String, String>> onEntry = cache.iterator();
        onEntry.next();

        cache.close();

        String message = "cache \"" + cache.getName() + "\" is closed";
        for (Iterator<Cache.Entry<String, String>> each : List.of(atStart, looked, onEntry)) {
            assertThatThrownBy(each::hasNext)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(message);
            assertThatThrownBy(each::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(message);
            assertThatThrownBy(each::remove)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(message);
        }
    }

    @Test
    void listenersHearNothingOfTheClosing() {
        RecordingListener<String, String> listener = new RecordingListener<>();
        LarderCache<String, String> cache = maker.make(
                CacheMaker.strings().expireAfterWrite(Duration.ofSeconds(1)).listener(listener.synchronously()));
        cache.put("k", "v");

        cache.close();
        maker.time().advance(Duration.ofMinutes(1));

        assertThat(listener.lines()).containsExactly("CREATED k=v was null");
        assertThat(listener.closings()).isEqualTo(1);
    }

    @Test
    void switchThatWaitedForTheClosingShowsNoBeans() throws Exception {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings());
        CacheManager manager = maker.manager();
        CountDownLatch inFactory = new CountDownLatch(1);
        CountDownLatch mayClose = new CountDownLatch(1);
        Future<Void> registering = parallel.start(() -> {
            cache.registerCacheEntryListener(new MutableCacheEntryListenerConfiguration<>(
                    () -> {
                        inFactory.countDown();
                        Parallel.await(mayClose);
                        cache.close();
                        return new RecordingListener<String, String>();
                    },
                    null,
                    false,
                    true));
            return null;
        });
        Parallel.await(inFactory);
        Thread switching = new Thread(
                () -> assertThatThrownBy(() -> manager.enableStatistics(cache.getName(), true))
                        .isInstanceOf(IllegalStateException.class),
                "switching");
        switching.start();
        await().until(() -> switching.getState() == Thread.State.BLOCKED);

        mayClose.countDown();
        Parallel.resultOf(registering);
        switching.join(60_000);

        assertThat(ManagementFactory.getPlatformMBeanServer()
                        .queryNames(new ObjectName("javax.cache:*,Cache=" + cache.getName()), null))
                .isEmpty();
    }
}
