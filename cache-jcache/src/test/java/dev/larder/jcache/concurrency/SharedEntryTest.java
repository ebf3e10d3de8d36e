package dev.larder.jcache.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.LarderEntry;
import dev.larder.jcache.fixture.Beans;
import dev.larder.jcache.fixture.CacheMaker;
import dev.larder.jcache.fixture.ForwardingStore;
import dev.larder.jcache.fixture.Parallel;
import dev.larder.jcache.fixture.RecordingListener;
import dev.larder.jcache.fixture.SharedHeap;
import dev.larder.store.Entry;
import dev.larder.store.LeaseResult;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.store.StoreTraits;
import dev.larder.store.guard.OnStoreFailure;
import dev.larder.testkit.interleave.PointedStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.cache.CacheException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What two caches do to one entry of a store that they share, the one in the middle of what the other does. */
@Timeout(300)
class SharedEntryTest {

    private final CacheMaker maker = new CacheMaker();
    private final SharedHeap shared = new SharedHeap();
    private final LarderCache<String, String> here = maker.make(settings());
    private final LarderCache<String, String> there = maker.make(settings());
    private final AtomicInteger runs = new AtomicInteger();

    @AfterEach
    void close() {
        maker.close();
    }

    private CacheSettings.Builder<String, String> settings() {
        return settings(shared);
    }

    private static CacheSettings.Builder<String, String> settings(StoreFactory stores) {
        return CacheMaker.strings().store(stores).expireAfterWrite(Duration.ofMinutes(1));
    }

    private boolean isFirstRun() {
        return runs.incrementAndGet() == 1;
    }

    @Test
    void whatComesWhileAProcessorTakesNothingIsNotLost() {
        String taken = here.invoke("k", (entry, arguments) -> {
            String value = entry.getValue();
            if (isFirstRun()) {
                there.put("k", "v");
            }
            entry.remove();
            return value;
        });

        assertThat(taken).isEqualTo("v");
        assertThat(there.get("k")).isNull();
    }

    @Test
    void aRemovalThatLooksAtNothingNeedsNoSecondRun() {
        here.invoke("k", (entry, arguments) -> {
            if (isFirstRun()) {
                there.put("k", "v");
            }
            entry.remove();
            return null;
        });

        assertThat(runs).hasValue(1);
        assertThat(there.get("k")).isNull();
    }

    @Test
    void aRemovalThatLooksAtNothingOvertakesALoad() {
        List<LarderCache<String, String>> remover = new ArrayList<>();
        LarderCache<String, String> loading = maker.make(settings().loader(new TestLoader<>(key -> {
            remover.get(0).invoke(key, (entry, arguments) -> {
                entry.remove();
                return null;
            });
            return "before the removal";
        })));
        remover.add(maker.make(settings().loader(new TestLoader<>(key -> null))));

        assertThat(loading.get("k")).isEqualTo("before the removal");

        assertThat(here.get("k")).isNull();
    }

    @Test
    void toRemoveWhatTheLoaderDoesNotHaveIsNoRemoval() {
        RecordingListener<String, String> listener = new RecordingListener<>();
        LarderCache<String, String> loading = maker.make(settings()
                .loader(new TestLoader<>(key -> null))
                .statistics(true)
                .listener(listener.synchronously()));

        String value = loading.invoke("k", (entry, arguments) -> {
            String found = entry.getValue();
            entry.remove();
            return found;
        });

        assertThat(value).isNull();
        assertThat(listener.lines()).isEmpty();
        assertThat(Beans.statistics(loading).getCacheRemovals()).isZero();
    }

    @Test
    void aTtlThatAProcessorAsksForIsThatOfTheValueThatIsThere() {
        here.put("k", "v");

        here.invoke("k", (entry, arguments) -> {
            if (isFirstRun()) {
                there.put("k", "newer");
            }
            entry.unwrap(LarderEntry.class).setTtl(Duration.ofSeconds(5));
            return null;
        });

        assertThat(here.get("k")).isEqualTo("newer");
        maker.time().advance(Duration.ofSeconds(5));
        assertThat(here.get("k")).isNull();
    }

    @Test
    void aProcessorThatChangesItsOwnKeyThroughTheCacheIsStopped() {
        assertThatThrownBy(() -> here.invoke("k", (entry, arguments) -> {
                    runs.incrementAndGet();
                    here.put("k", "by the way");
                    entry.setValue("v");
                    return null;
                }))
                .hasRootCauseInstanceOf(CacheException.class)
                .hasRootCauseMessage(
                        "cache \"" + here.getName() + "\": a key was changed through the cache while an entry"
                                + " processor or writer of this thread works on that key; use the entry that it was given");

        assertThat(runs).hasValue(1);
    }

    @Test
    void aProcessorDoesNotRunAgainWhileItWaitsForAWriter() throws Exception {
        CountDownLatch asked = new CountDownLatch(10);
        CountDownLatch writing = new CountDownLatch(1);
        LarderCache<String, String> slow = maker.make(settings().writer(new MapWriter<>(key -> {
            writing.countDown();
            Parallel.await(asked);
        })));
        LarderCache<String, String> waiting =
                maker.make(settings(new Counted(shared, asked)).writer(new MapWriter<>()));

        try (Parallel threads = new Parallel()) {
            Future<?> writer = threads.start(() -> {
                slow.put("k", "slow");
                return null;
            });
            Parallel.await(writing);
            String seen = waiting.invoke("k", (entry, arguments) -> {
                runs.incrementAndGet();
                String value = entry.getValue();
                entry.setValue("v");
                return value;
            });

            assertThat(seen).isEqualTo("slow");
            assertThat(runs).as("once before the other was done, once after").hasValue(2);
            Parallel.resultOf(writer);
        }
    }

    /** Opens stores that count how often they are asked for a lease. */
    @SuppressWarnings("serial") // it is never serialised
    private record Counted(StoreFactory stores, CountDownLatch asked) implements StoreFactory {
        @Override
        public <K, V> Store<K, V> open(StoreContext<K, V> context) {
            return new PointedStore<>(stores.open(context), point -> {
                if (point.equals("before leaseToWrite")) {
                    asked.countDown();
                }
            });
        }
    }

    @Test
    void keysAreLeasedInOneOrderWhateverOrderTheyComeIn() {
        Leases leases = new Leases();
        LarderCache<String, String> cache = maker.make(CacheMaker.strings()
                .store(leases)
                .onStoreFailure(OnStoreFailure.FAIL)
                .writer(new MapWriter<>()));
        List<String> keys =
                new ArrayList<>(IntStream.range(0, 20).mapToObj(i -> "k" + i).toList());

        cache.putAll(valuesOf(keys));
        List<Object> first = List.copyOf(leases.asked);
        leases.asked.clear();
        Collections.reverse(keys);
        cache.putAll(valuesOf(keys));

        assertThat(first).hasSize(20);
        assertThat(leases.asked).isEqualTo(first);
    }

    private static Map<String, String> valuesOf(List<String> keys) {
        Map<String, String> values = new LinkedHashMap<>();
        keys.forEach(key -> values.put(key, "v"));
        return values;
    }

    /** Opens stores that remember for which keys a lease was asked, in which order. */
    @SuppressWarnings("serial") // it is never serialised
    private static final class Leases implements StoreFactory {

        private final List<Object> asked = new ArrayList<>();

        @Override
        public <K, V> Store<K, V> open(StoreContext<K, V> context) {
            return new ForwardingStore<>(context) {
                @Override
                public LeaseResult<V> leaseToWrite(K key, Entry<V> expected, Duration max) {
                    asked.add(key);
                    return super.leaseToWrite(key, expected, max);
                }

                @Override
                public StoreTraits traits() {
                    return new SharedHeap().traits();
                }
            };
        }
    }
}
