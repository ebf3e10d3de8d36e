package dev.larder.jcache.loading;

import static dev.larder.jcache.loading.BackgroundLoads.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.Loaded;
import dev.larder.jcache.LoaderWithMetadata;
import dev.larder.jcache.concurrency.Crew;
import dev.larder.jcache.concurrency.Holdup;
import dev.larder.jcache.concurrency.Task;
import dev.larder.jcache.concurrency.TestCaches;
import dev.larder.jcache.concurrency.TestLoader;
import dev.larder.testkit.FakeTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What settings of loads mean for each other. */
@Timeout(300)
class CombinedSettingsTest {

    private static final Duration TTL = Duration.ofMillis(100);
    private static final Duration WINDOW = Duration.ofMillis(70);

    private final FakeTime time = new FakeTime();
    private final ScriptedSource source = new ScriptedSource();

    /** What the loader decides about the values of the source. */
    private volatile Loaded<String> decision = Loaded.of("");

    private final LoaderWithMetadata<String, String> deciding = key -> {
        Loaded<String> decided = decision;
        String value = source.loader().load(key);
        return value == null ? null : decided.withValue(value);
    };

    @RegisterExtension
    final TestCaches caches = TestCaches.on(time);

    @RegisterExtension
    final Crew crew = new Crew();

    private CacheSettings.Builder<String, String> settings(CacheLoader<String, String> loader) {
        return CacheSettings.builder(String.class, String.class).loader(loader).expireAfterWrite(TTL);
    }

    private LarderCache<String, String> open(CacheSettings.Builder<String, String> settings) {
        return LarderCache.of(caches.create(settings));
    }

    /** Returns after how many milliseconds the entry is gone. */
    private int lifetime(Cache<String, String> cache) {
        int millis = 0;
        while (cache.containsKey("k")) {
            time.advance(Duration.ofMillis(1));
            millis++;
        }
        return millis;
    }

    private Duration jitteredTtl() {
        Cache<String, String> jittered = open(settings(source.loader()).jitter(0.5));
        jittered.put("k", "v");
        return Duration.ofMillis(lifetime(jittered));
    }

    @Test
    void windowComesOnTopOfTheJitteredTtl() {
        Duration ttl = jitteredTtl();
        assertThat(ttl).isLessThan(TTL);
        Cache<String, String> cache = open(settings(source.loader()).jitter(0.5).staleWhileRevalidate(WINDOW));

        cache.put("k", "v");

        assertThat(lifetime(cache)).isEqualTo(ttl.plus(WINDOW).toMillis());
    }

    @Test
    void valueIsStaleWhenItsJitteredTtlHasPassedAlsoIfItWasRenewed() {
        Duration ttl = jitteredTtl();
        Cache<String, String> cache = open(
                settings(source.loader()).expireAfterCreation(TTL).jitter(0.5).staleWhileRevalidate(WINDOW));
        cache.get("k");
        for (int loads = 1; loads < 4; loads++) {
            time.advance(ttl.minusMillis(1));
            cache.get("k");
            BackgroundLoads.awaitDone();
            assertThat(source.loads()).isEqualTo(loads);

            time.advance(Duration.ofMillis(1));
            cache.get("k");
            BackgroundLoads.awaitDone();
            assertThat(source.loads()).isEqualTo(loads + 1);
        }
    }

    @Test
    void noKeyIsDueAgainAsSoonAsItIsRenewedHoweverMuchItsTtlIsShortened() {
        TestLoader<String, String> loader = new TestLoader<>(key -> key);
        Cache<String, String> cache = open(settings(loader).jitter(0.5).refreshAhead(0.3));

        IntStream.range(0, 1_000).forEach(i -> cache.get("k" + i));
        IntStream.range(0, 1_000).forEach(i -> cache.get("k" + i));
        BackgroundLoads.awaitDone();

        assertThat(loader.loads().values()).containsOnly(1);
    }

    @Test
    void valueIsStaleWhenTheTtlThatTheLoaderDecidedHasPassed() {
        decision = Loaded.of("").withTtl(TTL.multipliedBy(2));
        Cache<String, String> cache = open(settings(deciding).staleWhileRevalidate(WINDOW));
        cache.get("k");
        source.set("new");

        time.advance(TTL.multipliedBy(2).minusMillis(1));
        assertThat(cache.get("k")).isEqualTo("old");
        BackgroundLoads.awaitDone();
        assertThat(source.loads()).isEqualTo(1);
        time.advance(WINDOW);
        assertThat(cache.get("k")).isEqualTo("old");

        eventually(() -> assertThat(cache.get("k")).isEqualTo("new"));
        assertThat(source.loads()).isEqualTo(2);
    }

    @Test
    void renewedValueHasTheTtlAndTheTagsThatTheLoaderDecidedOnThen() {
        LarderCache<String, String> cache = open(settings(deciding).staleWhileRevalidate(WINDOW));
        decision = Loaded.of("").withTags("first");
        cache.get("k");
        time.advance(TTL);
        decision = Loaded.of("").withTtl(Duration.ofMillis(10)).withTags("second");
        cache.get("k");
        BackgroundLoads.awaitDone();

        cache.invalidateTag("first");
        assertThat(cache.containsKey("k")).isTrue();
        assertThat(lifetime(cache)).isEqualTo(WINDOW.plusMillis(10).toMillis());

        cache.get("k");
        cache.invalidateTag("second");
        assertThat(cache.containsKey("k")).isFalse();
    }

    @Test
    void valuesRenewedTogetherHaveWhatTheLoaderDecidedToo() {
        LarderCache<String, String> cache = open(settings(deciding).staleWhileRevalidate(WINDOW));
        cache.getAll(Set.of("k", "l"));
        time.advance(TTL);
        decision = Loaded.of("").withTtl(Duration.ofMillis(10)).withTags("second");
        cache.getAll(Set.of("k", "l"));
        BackgroundLoads.awaitDone();

        cache.put("l", "put");
        cache.invalidateTag("second");

        assertThat(cache.containsKey("k")).isFalse();
        assertThat(cache.containsKey("l")).isTrue();
    }

    @Test
    void renewalThatIsNotToBeStoredEndsTheEntry() {
        Cache<String, String> cache = open(settings(deciding).staleWhileRevalidate(WINDOW));
        cache.get("k");
        time.advance(TTL);
        decision = Loaded.of("").withTtl(Duration.ZERO);

        assertThat(cache.get("k")).isEqualTo("old");
        BackgroundLoads.awaitDone();

        assertThat(cache.containsKey("k")).isFalse();
    }

    @Test
    void processorsValueHasTheWindowOnTopOfTheTtlThatTheLoaderDecided() {
        decision = Loaded.of("").withTtl(Duration.ofMillis(10));
        Cache<String, String> cache = open(settings(deciding).staleWhileRevalidate(WINDOW));

        cache.invoke("k", (entry, arguments) -> entry.getValue());

        assertThat(lifetime(cache)).isEqualTo(WINDOW.plusMillis(10).toMillis());
    }

    @Test
    void renewalThatATagsInvalidationOvertookIsNeverServed() {
        LarderCache<String, String> cache = open(settings(deciding).staleWhileRevalidate(WINDOW));
        decision = Loaded.of("").withTags("tag");
        cache.get("k");
        time.advance(TTL);
        Holdup atSource = source.holdUp();
        cache.get("k");
        atSource.awaitReached();

        source.set("new");
        cache.invalidateTag("tag");
        assertThat(cache.containsKey("k")).isFalse();
        atSource.release();
        BackgroundLoads.awaitDone();

        assertThat(cache.containsKey("k")).isFalse();
        assertThat(cache.get("k")).isEqualTo("new");
    }

    @Test
    void whoAsksAfterATagsInvalidationGetsALoadThatBeganAfterIt() {
        LarderCache<String, String> cache = open(settings(deciding).staleWhileRevalidate(WINDOW));
        decision = Loaded.of("").withTags("tag");
        cache.get("k");
        time.advance(TTL);
        Holdup atSource = source.holdUp();
        cache.get("k");
        atSource.awaitReached();
        cache.invalidateTag("tag");
        source.set("new");
        Holdup atSourceAgain = source.holdUp();
        atSourceAgain.release();

        assertThat(cache.get("k")).isEqualTo("new");
        atSource.release();
        BackgroundLoads.awaitDone();

        assertThat(cache.get("k")).isEqualTo("new");
        assertThat(source.loads()).isEqualTo(3);
    }

    /** Otherwise a load that hangs would keep its key out of the cache, and each get would load. */
    @Test
    void loadThatATagsInvalidationOvertookKeepsNoLaterOneFromBeingStored() {
        LarderCache<String, String> cache = open(settings(deciding));
        Holdup atSource = source.holdUp();
        Task<String> slow = crew.start(() -> cache.get("k"));
        atSource.awaitReached();
        source.set("new");
        source.holdUp().release();

        cache.invalidateTag("another");
        assertThat(cache.get("k")).isEqualTo("new");
        assertThat(cache.containsKey("k")).isTrue();
        atSource.release();

        assertThat(slow.get()).isEqualTo("old");
        assertThat(cache.get("k")).isEqualTo("new");
        assertThat(source.loads()).isEqualTo(2);
    }

    @Test
    void loadThatBringsTheTagIsStoredWhenAnotherHasUsedUpTheRightOfTheOvertakenOne() {
        decision = Loaded.of("").withTags("tag");
        LarderCache<String, String> cache = open(settings(deciding));
        Holdup atSource = source.holdUp();
        Task<String> slow = crew.start(() -> cache.get("k"));
        atSource.awaitReached();
        source.set("new");
        source.holdUp().release();

        cache.invalidateTag("tag");
        assertThat(cache.get("k")).isEqualTo("new");
        assertThat(cache.getAll(Set.of("k"))).containsEntry("k", "new");
        assertThat(cache.containsKey("k")).isTrue();
        atSource.release();

        assertThat(slow.get()).isEqualTo("old");
        assertThat(cache.get("k")).isEqualTo("new");
        assertThat(source.loads()).isEqualTo(3);
    }

    @Test
    void noOldValueIsServedAfterATagsInvalidationIfTheSourceIsDown() {
        LarderCache<String, String> cache = open(settings(deciding).staleIfError(WINDOW));
        decision = Loaded.of("").withTags("tag");
        cache.get("k");
        time.advance(TTL);
        source.fail();
        assertThat(cache.get("k")).isEqualTo("old");

        cache.invalidateTag("tag");

        assertThatThrownBy(() -> cache.get("k")).isInstanceOf(CacheLoaderException.class);
    }

    @Test
    void invalidationOfATagEndsWhatIsRememberedOfLoads() {
        LarderCache<String, String> cache =
                open(settings(source.loader()).negativeTtl(Duration.ofHours(1)).exceptionTtl(Duration.ofHours(1)));
        source.set(null);
        assertThat(cache.get("k")).isNull();
        source.set("new");
        assertThat(cache.get("k")).isNull();
        cache.invalidateTag("any");
        assertThat(cache.get("k")).isEqualTo("new");

        source.fail();
        assertThatThrownBy(() -> cache.get("l")).isInstanceOf(CacheLoaderException.class);
        source.recover();
        assertThatThrownBy(() -> cache.get("l")).isInstanceOf(CacheLoaderException.class);
        cache.invalidateTag("any");
        assertThat(cache.get("l")).isEqualTo("new");
    }

    @Test
    void renewalsTakeTurnsAsAllLoadsDo() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger mostAtOnce = new AtomicInteger();
        TestLoader<String, String> loader = new TestLoader<>(key -> {
            mostAtOnce.accumulateAndGet(running.incrementAndGet(), Math::max);
            Thread.onSpinWait();
            running.decrementAndGet();
            return key;
        });
        Cache<String, String> cache =
                open(settings(loader).staleWhileRevalidate(WINDOW).maxLoads(2));
        IntStream.range(0, 50).forEach(i -> cache.get("k" + i));
        time.advance(TTL);

        IntStream.range(0, 50).forEach(i -> cache.get("k" + i));

        eventually(() -> assertThat(loader.loads().values()).containsOnly(2));
        assertThat(mostAtOnce.get()).isBetween(1, 2);
    }

    @Test
    void renewalThatIsRefusedLeavesTheOldValue() {
        Cache<String, String> cache =
                open(settings(source.loader()).staleIfError(WINDOW).maxLoads(1).maxWaitingLoads(0));
        cache.get("k");
        time.advance(TTL);
        Holdup atSource = source.holdUp();
        crew.start(() -> cache.get("l"));
        atSource.awaitReached();

        assertThat(cache.get("k")).isEqualTo("old");
        assertThat(source.loads()).isEqualTo(1);
        atSource.release();
    }

    /** Keeps apart what is asked of it: singly "k", together "[k, l]". */
    private static final class RecordingLoader implements CacheLoader<String, String> {

        private final List<String> calls = new CopyOnWriteArrayList<>();

        @Override
        public String load(String key) {
            calls.add(key);
            return "loaded";
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            List<String> sorted = new ArrayList<>();
            keys.forEach(sorted::add);
            sorted.sort(null);
            calls.add(sorted.toString());
            return Map.of(sorted.get(0), "loaded", sorted.get(1), "loaded");
        }
    }

    @Test
    void renewalsGoTogetherAsAllLoadsDo() {
        RecordingLoader loader = new RecordingLoader();
        Cache<String, String> cache = open(settings(loader)
                .staleWhileRevalidate(WINDOW)
                .coalesceLoads(Duration.ofMinutes(1))
                .maxCoalescedLoads(2));
        cache.put("k", "v");
        cache.put("l", "v");
        time.advance(TTL);

        assertThat(cache.get("k")).isEqualTo("v");
        assertThat(cache.get("l")).isEqualTo("v");

        eventually(() -> assertThat(loader.calls).containsExactly("[k, l]"));
    }

    @Test
    void hardTimeoutFreesWhoWaitsForOthersToBeLoadedWith() {
        Cache<String, String> cache = open(
                settings(source.loader()).coalesceLoads(Duration.ofMinutes(1)).hardTimeout(Duration.ofMillis(20)));
        Task<String> caller = crew.start(() -> cache.get("k")).awaitWaiting();
        BackgroundLoads.awaitHeldUp();

        time.advance(Duration.ofMillis(20));

        assertThat(caller.failure()).isInstanceOf(CacheException.class).hasMessageContaining("hardTimeout");
        time.advance(Duration.ofMinutes(1));
        BackgroundLoads.awaitDone();
        assertThat(cache.containsKey("k")).isTrue();
    }
}
