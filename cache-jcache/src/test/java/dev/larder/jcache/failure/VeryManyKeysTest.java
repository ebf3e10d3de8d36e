package dev.larder.jcache.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.fixture.CacheMaker;
import dev.larder.jcache.fixture.ForwardingStore;
import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Outcome;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.store.StoreTraits;
import dev.larder.store.Ttl;
import dev.larder.store.guard.OnStoreFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A shared store has a certain time for each call, and so is not asked for any number of keys by one. */
class VeryManyKeysTest {

    private static final int KEYS = 25_000;

    private final CacheMaker maker = new CacheMaker();
    private final List<Integer> sizes = new ArrayList<>();

    @AfterEach
    void close() {
        maker.close();
    }

    /** Notes how many keys each call is about. */
    private final class Noting implements StoreFactory {

        @Override
        public <K, V> Store<K, V> open(StoreContext<K, V> context) {
            return new ForwardingStore<>(context) {
                @Override
                public Map<K, Entry<V>> readAll(Set<? extends K> keys, Ttl touch) {
                    sizes.add(keys.size());
                    return super.readAll(keys, touch);
                }

                @Override
                public Map<K, Outcome<V>> writeAll(Map<? extends K, Change<V>> changes) {
                    sizes.add(changes.size());
                    return super.writeAll(changes);
                }

                @Override
                public StoreTraits traits() {
                    StoreTraits own = super.traits();
                    return new StoreTraits(
                            false,
                            true,
                            own.copiesValues(),
                            own.scans(),
                            own.expiryNews(),
                            own.ownClock(),
                            true,
                            own.tags());
                }
            };
        }
    }

    @Test
    void itIsAskedForTenThousandAtATime() {
        CacheSettings.Builder<String, String> settings =
                CacheMaker.strings().store(new Noting()).onStoreFailure(OnStoreFailure.FAIL);
        LarderCache<String, String> cache = maker.make(settings);
        Map<String, String> entries = IntStream.range(0, KEYS)
                .mapToObj(i -> "k" + i)
                .collect(Collectors.toMap(Function.identity(), key -> "v"));

        cache.putAll(entries);
        assertThat(sizes).containsExactly(10_000, 10_000, 5_000);
        sizes.clear();
        assertThat(cache.getAll(entries.keySet())).isEqualTo(entries);
        assertThat(sizes).containsExactly(10_000, 10_000, 5_000);
        sizes.clear();
        cache.removeAll();

        assertThat(sizes).containsExactly(10_000, 10_000, 5_000);
        assertThat(cache).isEmpty();
    }
}
