package dev.larder.jcache.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.fixture.CacheMaker;
import dev.larder.jcache.fixture.CountingPolicy;
import dev.larder.jcache.fixture.SharedHeap;
import dev.larder.store.guard.OnStoreFailure;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import javax.cache.integration.CacheWriterException;
import javax.cache.processor.EntryProcessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Another JVM changes an entry between the look of an operation and its change. */
class LostRaceTest {

    private final CacheMaker maker = new CacheMaker();
    private final SharedHeap shared = new SharedHeap();
    private final AtomicInteger runs = new AtomicInteger();

    private final EntryProcessor<String, String, String> appender = (entry, arguments) -> {
        runs.incrementAndGet();
        entry.setValue(entry.exists() ? entry.getValue() + "+" : "+");
        return entry.getValue();
    };

    private final EntryProcessor<String, String, String> taker = (entry, arguments) -> {
        runs.incrementAndGet();
        String value = entry.getValue();
        entry.remove();
        return value;
    };

    @AfterEach
    void close() {
        maker.close();
    }

    private CacheSettings.Builder<String, String> settings() {
        return CacheMaker.strings().store(shared).onStoreFailure(OnStoreFailure.FAIL);
    }

    private void otherJvmIsQuicker() {
        shared.beforeNext("write", () -> shared.writeElsewhere("k", "theirs"));
    }

    @Test
    void processorRunsAgainOnWhatIsThereNow() {
        LarderCache<String, String> cache = maker.make(settings().statistics(true));
        cache.put("k", "old");
        otherJvmIsQuicker();

        assertThat(cache.invoke("k", appender)).isEqualTo("theirs+");

        assertThat(cache.get("k")).isEqualTo("theirs+");
        assertThat(runs).hasValue(2);
    }

    @Test
    void processorOfAnAbsentKeyRunsAgainToo() {
        LarderCache<String, String> cache = maker.make(settings());
        otherJvmIsQuicker();

        assertThat(cache.invoke("k", appender)).isEqualTo("theirs+");
    }

    @Test
    void processorThatRemovesTakesWhatIsThereNow() {
        LarderCache<String, String> cache = maker.make(settings());
        cache.put("k", "old");
        otherJvmIsQuicker();

        assertThat(cache.invoke("k", taker)).isEqualTo("theirs");

        assertThat(cache.containsKey("k")).isFalse();
        assertThat(runs).hasValue(2);
    }

    @Test
    void conditionOfAHandWrittenPolicysCacheIsJudgedAgain() {
        LarderCache<String, String> cache =
                maker.make(settings().expiryPolicy(new SingletonFactory<>(new CountingPolicy())));
        cache.put("k", "old");
        otherJvmIsQuicker();

        assertThat(cache.replace("k", "old", "new")).isFalse();

        assertThat(cache.get("k")).isEqualTo("theirs");
    }

    @Test
    void previousValueIsTheOneThatWasReplaced() {
        LarderCache<String, String> cache =
                maker.make(settings().expiryPolicy(new SingletonFactory<>(new CountingPolicy())));
        cache.put("k", "old");
        otherJvmIsQuicker();

        assertThat(cache.getAndPut("k", "new")).isEqualTo("theirs");
    }

    @Test
    void writerIsCalledOnceAndNothingIsLeftIfTheLeaseIsLost() {
        MapWriter<String, String> writer = new MapWriter<>(key -> runs.incrementAndGet());
        LarderCache<String, String> cache = maker.make(settings().writer(writer));
        otherJvmIsQuicker();

        cache.put("k", "new");

        assertThat(runs).hasValue(1);
        assertThat(writer.database()).containsEntry("k", "new");
        assertThat(cache.get("k")).isNull();
    }

    @Test
    void nothingIsLeftIfNobodyKnowsWhatTheWriterDid() {
        List<String> failing = List.of("k", "l");
        MapWriter<String, String> writer = new MapWriter<>(key -> {
            if (failing.contains(key) && runs.get() > 0) {
                throw new StackOverflowError("planted");
            }
        });
        LarderCache<String, String> cache = maker.make(settings().writer(writer));
        cache.putAll(Map.of("k", "old", "l", "old"));
        runs.set(1);

        assertThatThrownBy(() -> cache.put("k", "new")).isInstanceOf(StackOverflowError.class);
        assertThatThrownBy(() -> cache.removeAll(Set.of("l"))).isInstanceOf(CacheWriterException.class);

        assertThat(cache.getAll(Set.of("k", "l"))).isEmpty();
    }

    @Test
    void entryBeforeIsBackIfTheWriterRefuses() {
        MapWriter<String, String> writer = new MapWriter<>(key -> {
            if (runs.get() > 0) {
                throw new IllegalStateException("planted");
            }
        });
        LarderCache<String, String> cache = maker.make(settings().writer(writer));
        cache.put("k", "old");
        runs.set(1);

        assertThatThrownBy(() -> cache.put("k", "new")).isInstanceOf(CacheWriterException.class);
        assertThatThrownBy(() -> cache.invoke("k", appender)).isInstanceOf(CacheWriterException.class);

        assertThat(cache.get("k")).isEqualTo("old");
        runs.set(0);
        cache.put("k", "new");
        assertThat(cache.get("k")).isEqualTo("new");
    }

    @Test
    void severalChangesAreOneCallOfTheStore() {
        LarderCache<String, String> cache = maker.make(settings());
        int before = shared.calls();

        cache.putAll(Map.of("k", "1", "l", "2"));
        cache.removeAll(Set.of("k", "l"));

        assertThat(shared.calls() - before).isEqualTo(2);
        assertThat(cache.getAll(Set.of("k", "l"))).isEmpty();
    }
}
