package dev.larder.jcache.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.codec.CodecException;
import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.fixture.CacheMaker;
import dev.larder.jcache.fixture.CountingPolicy;
import dev.larder.jcache.fixture.ForwardingStore;
import dev.larder.jcache.fixture.Parallel;
import dev.larder.jcache.fixture.SharedHeap;
import dev.larder.jcache.fixture.SharedHeap.Mood;
import dev.larder.store.Entry;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreException;
import dev.larder.store.StoreFactory;
import dev.larder.store.StoreTimeoutException;
import dev.larder.store.StoreTraits;
import dev.larder.store.guard.OnStoreFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.cache.CacheException;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class SharedStoreTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final CacheMaker maker = new CacheMaker();
    private final SharedHeap shared = new SharedHeap();

    @AfterEach
    void close() {
        maker.close();
    }

    private CacheSettings.Builder<String, String> settings() {
        return CacheMaker.strings().store(shared);
    }

    @Test
    void entriesThatNeverExpireAreRefusedWithTheFix() {
        assertThatThrownBy(
                        () -> maker.manager().createCache("products", settings().build()))
                .isExactlyInstanceOf(CacheException.class)
                .hasMessage(
                        "cache \"products\": what is replaced while its store fails could be read for ever in other JVMs,"
                                + " because its entries need not expire; set maxStale or an expireAfterWrite, or set onStoreFailure"
                                + " to fail");
        assertThat(maker.manager().getCacheNames()).isEmpty();
    }

    @Test
    void entriesOfAPolicyThatMaySayAnythingAreRefusedToo() {
        CacheSettings.Builder<String, String> unknown =
                settings().expiryPolicy(new FactoryBuilder.SingletonFactory<>(new CountingPolicy()));

        assertThatThrownBy(() -> maker.make(unknown)).hasMessageContaining("set maxStale");
        assertThat(maker.make(unknown.maxStale(MINUTE)).isClosed()).isFalse();
    }

    @Test
    void entriesThatExpireOrHaveABoundOrAFailureThatIsToldWillDo() {
        assertThat(maker.make(settings().expireAfterWrite(MINUTE)).isClosed()).isFalse();
        assertThat(maker.make(settings().maxStale(MINUTE)).isClosed()).isFalse();
        assertThat(maker.make(settings().onStoreFailure(OnStoreFailure.FAIL)).isClosed())
                .isFalse();
    }

    @Test
    void noEntryOutlivesMaxStaleHoweverOftenItIsRead() {
        LarderCache<String, String> cache =
                maker.make(settings().maxStale(MINUTE).expireAfterTouch(Duration.ofHours(1)));
        cache.put("k", "v");

        maker.time().advance(Duration.ofSeconds(59));
        assertThat(cache.get("k")).isEqualTo("v");
        maker.time().advance(Duration.ofSeconds(1));

        assertThat(shared.readElsewhere("k")).isNull();
    }

    @Test
    void maxStaleCountsOnlyWhereTheStoreIsDoneWithout() {
        LarderCache<String, String> onTheHeap = maker.make(CacheMaker.strings().maxStale(MINUTE));
        LarderCache<String, String> failing =
                maker.make(settings().maxStale(MINUTE).onStoreFailure(OnStoreFailure.FAIL));
        onTheHeap.put("k", "v");
        failing.put("k", "v");

        maker.time().advance(Duration.ofHours(1));

        assertThat(onTheHeap.get("k")).isEqualTo("v");
        assertThat(failing.get("k")).isEqualTo("v");
    }

    @Test
    void whatAnotherJvmChangesIsSeen() {
        LarderCache<String, String> here = maker.make(settings().maxStale(MINUTE));
        LarderCache<String, String> there = maker.make(settings().maxStale(MINUTE));
        here.put("k", "v");

        there.put("k", "changed");

        assertThat(here.get("k")).isEqualTo("changed");
    }

    static List<Consumer<LarderCache<String, String>>> whatIsRemembered() {
        return List.of(
                cache -> cache.put("k", "new"),
                cache -> cache.put("k", "new", Duration.ofSeconds(30)),
                cache -> cache.putAll(Map.of("k", "new")),
                cache -> cache.remove("k"));
    }

    @ParameterizedTest
    @MethodSource("whatIsRemembered")
    void aPolicyThatIsAskedEachTimeHindersNoRemembering(Consumer<LarderCache<String, String>> change) {
        LarderCache<String, String> cache =
                maker.make(settings().expiryPolicy(CountingPolicy::new).maxStale(MINUTE));
        cache.put("k", "old");
        shared.turn(Mood.DOWN);

        change.accept(cache);

        shared.turn(Mood.WELL);
        assertThat(cache.get("k")).isNull();
    }

    private static CacheLoader<String, String> loader(UnaryOperator<String> function) {
        return new CacheLoader<>() {
            @Override
            public String load(String key) {
                return function.apply(key);
            }

            @Override
            public Map<String, String> loadAll(Iterable<? extends String> keys) {
                Map<String, String> loaded = new HashMap<>();
                keys.forEach(key -> loaded.put(key, load(key)));
                return loaded;
            }
        };
    }

    @Test
    void readThroughGoesOnWithoutTheStore() {
        LarderCache<String, String> cache =
                maker.make(settings().maxStale(MINUTE).loader(loader(key -> "loaded " + key)));
        shared.turn(Mood.DOWN);

        assertThat(cache.get("k")).isEqualTo("loaded k");
        assertThat(cache.getAll(Set.of("k", "l"))).isEqualTo(Map.of("k", "loaded k", "l", "loaded l"));
        shared.turn(Mood.WELL);

        assertThat(cache.containsKey("k")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = Mood.class,
            names = {"DOWN", "ANSWER_LOST"})
    void aLoadDuringWhichTheStoreFailsIsReturned(Mood mood) {
        LarderCache<String, String> cache =
                maker.make(settings().maxStale(MINUTE).loader(loader(key -> {
                    shared.turn(mood);
                    return "loaded";
                })));

        assertThat(cache.get("k")).isEqualTo("loaded");

        shared.turn(Mood.WELL);
        assertThat(cache.containsKey("k")).isFalse();
    }

    @Test
    void aLoadDuringWhichTheStoreFailsMayFindNothing() {
        LarderCache<String, String> cache =
                maker.make(settings().maxStale(MINUTE).loader(loader(key -> {
                    shared.turn(Mood.DOWN);
                    return null;
                })));

        assertThat(cache.get("k")).isNull();
    }

    @Test
    void theFailureOfALoaderNamesTheClassOfTheUser() {
        CacheLoader<String, String> failing = loader(key -> {
            throw new IllegalArgumentException("no source at home");
        });
        LarderCache<String, String> cache =
                maker.make(settings().maxStale(MINUTE).loader(failing));

        assertThatThrownBy(() -> cache.get("k"))
                .hasMessageContaining(failing.getClass().getName());
    }

    @Test
    void aFailureIsToldAsTheStandardWants() {
        LarderCache<String, String> cache = maker.make(settings().onStoreFailure(OnStoreFailure.FAIL));
        shared.turn(Mood.DOWN);

        assertThatThrownBy(() -> cache.get("k"))
                .isExactlyInstanceOf(CacheException.class)
                .hasMessage("cache \"" + cache.getName() + "\": no server at home")
                .hasCauseInstanceOf(StoreException.class);
    }

    @Test
    void theFailureOfAPrivateStoreIsToldSoToo() {
        SharedHeap own = new SharedHeap(false, false);
        LarderCache<String, String> cache = maker.make(CacheMaker.strings().store(own));
        own.turn(Mood.DOWN);

        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> cache.get("k"))
                    .isExactlyInstanceOf(CacheException.class)
                    .hasMessageContaining("no server at home");
        }
        assertThat(own.calls()).as("it has no breaker").isEqualTo(10);
    }

    @Test
    void aPrivateStoreIsGuardedIfTheSettingsSaySo() {
        SharedHeap own = new SharedHeap(false, true);
        LarderCache<String, String> cache = maker.make(
                CacheMaker.strings().store(own).expireAfterWrite(MINUTE).onStoreFailure(OnStoreFailure.DEGRADE));
        own.turn(Mood.DOWN);

        assertThat(cache.get("k")).isNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatCannotBecomeBytesIsToldWithTheClassAndTheSetting(boolean degrades) {
        LarderCache<String, String> cache = maker.make(
                settings().maxStale(MINUTE).onStoreFailure(degrades ? OnStoreFailure.DEGRADE : OnStoreFailure.FAIL));
        CodecException failure = new CodecException(
                "class com.acme.User is not one that self-describing bytes can hold; add it to \"allow\"");
        shared.turnTo(failure);

        assertThatThrownBy(() -> cache.put("k", "v"))
                .isExactlyInstanceOf(CacheException.class)
                .hasMessage("cache \"" + cache.getName() + "\": " + failure.getMessage())
                .hasCause(failure);
    }

    @Test
    void aNameThatTheStoreSaysIsNotSaidTwice() {
        LarderCache<String, String> cache = maker.make(settings().onStoreFailure(OnStoreFailure.FAIL));
        String message = "cache \"" + cache.getName() + "\": a value is too large";
        shared.turnTo(new CodecException(message));

        assertThatThrownBy(() -> cache.put("k", "v")).hasMessage(message);
    }

    @Test
    void aStoreThatHangsIsWaitedForUntilTheDeadline() throws Exception {
        HangingHeap hanging = new HangingHeap();
        LarderCache<String, String> cache = maker.make(CacheMaker.strings()
                .store(hanging)
                .storeDeadline(Duration.ofMillis(300))
                .onStoreFailure(OnStoreFailure.FAIL));
        try (Parallel threads = new Parallel()) {
            Future<String> caller = threads.start(() -> cache.get("k"));
            Parallel.await(hanging.entered);
            maker.time().advance(Duration.ofMillis(300));

            assertThatThrownBy(() -> Parallel.resultOf(caller))
                    .isExactlyInstanceOf(CacheException.class)
                    .hasMessage("the store of cache \"" + cache.getName() + "\" did not answer read within 300 ms")
                    .hasCauseInstanceOf(StoreTimeoutException.class);
        } finally {
            hanging.go.countDown();
        }
    }

    @Test
    void theThreadsThatWaitForAStoreEndWithTheCache() throws Exception {
        HangingHeap hanging = new HangingHeap();
        hanging.go.countDown();
        LarderCache<String, String> cache =
                maker.make(CacheMaker.strings().store(hanging).onStoreFailure(OnStoreFailure.FAIL));
        cache.get("k");
        Thread made = hanging.caller;
        assertThat(made.getName()).startsWith("larder-store-");
        assertThat(made.isDaemon()).isTrue();
        assertThat(made.getContextClassLoader()).isNull();

        cache.close();

        made.join(30_000);
        assertThat(made.isAlive()).isFalse();
    }

    /** A store of which each read hangs until it is let go. */
    @SuppressWarnings("serial") // it is never serialised
    private static final class HangingHeap implements StoreFactory {

        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch go = new CountDownLatch(1);
        private volatile Thread caller;

        @Override
        public <K, V> Store<K, V> open(StoreContext<K, V> context) {
            return new ForwardingStore<>(context) {
                @Override
                public Entry<V> read(K key) {
                    caller = Thread.currentThread();
                    entered.countDown();
                    Parallel.await(go);
                    return super.read(key);
                }

                @Override
                public StoreTraits traits() {
                    return new SharedHeap(true, false).traits();
                }
            };
        }
    }
}
