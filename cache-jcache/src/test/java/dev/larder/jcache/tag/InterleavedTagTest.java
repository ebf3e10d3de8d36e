package dev.larder.jcache.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.LarderEntry;
import dev.larder.jcache.Loaded;
import dev.larder.jcache.LoaderWithMetadata;
import dev.larder.jcache.concurrency.PointedStores;
import dev.larder.jcache.concurrency.Stress;
import dev.larder.jcache.concurrency.TestCaches;
import dev.larder.jcache.concurrency.Way;
import dev.larder.jcache.fixture.ForwardingStore;
import dev.larder.store.Change;
import dev.larder.store.Outcome;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.store.Tags;
import dev.larder.testkit.interleave.Interleaving;
import dev.larder.testkit.interleave.Interleavings;
import dev.larder.testkit.interleave.PointedStore;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.processor.MutableEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Loads and processors against changes of the source and the invalidation of a tag, in an order that a seed decides. */
@Timeout(1_800)
@Tag("interleaving")
class InterleavedTagTest {

    private static final int SCHEDULES_TO_FAIL_IN = 2_000;

    /** Not the bounded way, which is a store of its own. */
    private static final List<Way> WAYS = List.copyOf(EnumSet.complementOf(EnumSet.of(Way.BOUNDED)));

    @RegisterExtension
    final TestCaches caches = TestCaches.onSystemTime();

    private String source = "old";

    @Test
    void nothingMadeOfTheSourceBeforeTheInvalidationIsReadAfterIt() {
        Interleavings.ofSeeds(Stress.rounds(800, 20_000)).check(run -> useAgainstChange(run, PointedStores::new));
    }

    /** Otherwise the schedules could be such that it does not matter as of when a value is up to date. */
    @Test
    void storeThatTakesEveryValueForUpToDateFails() {
        Interleavings schedules = Interleavings.ofSeeds(SCHEDULES_TO_FAIL_IN);

        assertThatThrownBy(() -> schedules.check(run -> useAgainstChange(run, StoresThatStampWhenWritten::new)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("replay: ");
    }

    private void useAgainstChange(Interleaving run, Function<Interleaving, StoreFactory> stores) {
        Way way = WAYS.get(run.choose(WAYS.size()));
        source = "old";
        LarderCache<String, String> cache = open(run, way, stores.apply(run));
        run.actor("reader", () -> assertThat(cache.get("k")).isIn("old", "new"));
        run.actor(
                "bulk reader",
                () -> assertThat(cache.getAll(Set.of("k")).get("k")).isIn("old", "new"));
        run.actor(
                "processor",
                () -> cache.invoke("k", (entry, arguments) -> {
                    copySource(run, entry);
                    return null;
                }));
        run.actor("changer", () -> {
            source = "new";
            run.point("source changed");
            cache.invalidateTag("source");
            assertThat(cache.get("k")).as("%s", way).isEqualTo("new");
        });

        run.play();

        for (Cache.Entry<String, String> entry : cache) {
            assertThat(entry.getValue()).as("%s", way).isEqualTo("new");
        }
        cache.close();
    }

    private void copySource(Interleaving run, MutableEntry<String, String> entry) {
        run.point("before the processor reads the source");
        String read = source;
        run.point("after the processor has read the source");
        entry.setValue(read);
        entry.unwrap(LarderEntry.class).setTags("source");
    }

    private LarderCache<String, String> open(Interleaving run, Way way, StoreFactory store) {
        LoaderWithMetadata<String, String> loader = key -> {
            run.point("before reading the source");
            String read = source;
            run.point("after reading the source");
            return key.equals("k") ? Loaded.of(read).withTags("source") : null;
        };
        return LarderCache.of(way.open(
                caches,
                CacheSettings.builder(String.class, String.class).store(store).loader(loader),
                "any"));
    }

    /** Opens stores that come to the points of a run, and take every value for as new as its write. */
    private record StoresThatStampWhenWritten(Interleaving run) implements StoreFactory {

        @Override
        public <K, V> Store<K, V> open(StoreContext<K, V> context) {
            Store<K, V> broken = new ForwardingStore<>(context) {
                @Override
                public Outcome<V> write(K key, Change<V> change) {
                    return super.write(
                            key,
                            change.action() == Change.Action.PUT
                                    ? change.withTags(change.tags().asOf(Tags.WHEN_WRITTEN))
                                    : change);
                }
            };
            return new PointedStore<>(broken, run::point);
        }
    }
}
