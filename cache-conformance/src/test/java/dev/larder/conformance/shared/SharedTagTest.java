package dev.larder.conformance.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.LarderCache;
import dev.larder.jcache.LarderEntry;
import dev.larder.jcache.Loaded;
import dev.larder.jcache.LoaderWithMetadata;
import dev.larder.store.Store;
import dev.larder.testkit.interleave.Interleaving;
import dev.larder.testkit.interleave.Interleavings;
import dev.larder.testkit.interleave.PointedStore;
import java.util.Set;
import java.util.function.Consumer;
import javax.cache.processor.MutableEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A tag that one JVM invalidates while others load and compute: nothing older is there afterwards, for any of them. */
@Timeout(600)
@Tag("interleaving")
class SharedTagTest {

    private static final int SCHEDULES = Boolean.getBoolean("larder.stress") ? 5_000 : 200;

    private String source = "old";

    @Test
    void whatOneInvalidatesIsAbsentForAll() {
        try (Fleet fleet = new Fleet()) {
            Fleet.Wrapping plain = pointed(name -> {});
            LarderCache<String, String> one = fleet.join(String.class, String.class, plain, all -> all);
            LarderCache<String, String> other = fleet.join(String.class, String.class, plain, all -> all);
            other.put("k", "v", Set.of("red"));
            other.put("l", "v", Set.of("green"));

            one.invalidateTag("red");

            assertThat(other.get("k")).isNull();
            assertThat(other.get("l")).isEqualTo("v");
            other.put("k", "new", Set.of("red"));
            assertThat(one.get("k")).isEqualTo("new");
        }
    }

    @Test
    void nothingMadeOfTheSourceBeforeTheInvalidationIsThereAfterIt() {
        Interleavings.ofSeeds(SCHEDULES).check(run -> {
            try (Fleet fleet = new Fleet()) {
                source = "old";
                LarderCache<String, String> one = join(fleet, run);
                LarderCache<String, String> other = join(fleet, run);
                run.actor("loads", () -> assertThat(one.get("k")).isIn("old", "new"));
                run.actor("loads elsewhere", () -> assertThat(other.get("k")).isIn("old", "new"));
                run.actor("computes elsewhere", () -> other.invoke("k", this::copySource));
                run.actor("changes", () -> {
                    source = "new";
                    one.invalidateTag("source");
                    assertThat(one.get("k")).isEqualTo("new");
                });

                run.play();

                assertThat(other.get("k")).isEqualTo("new");
                assertThat(one.get("k")).isEqualTo("new");
            }
        });
    }

    private LarderCache<String, String> join(Fleet fleet, Interleaving run) {
        LoaderWithMetadata<String, String> loader = key -> {
            String read = source;
            run.point("source read by the loader");
            return Loaded.of(read).withTags("source");
        };
        return fleet.join(String.class, String.class, pointed(run::point), all -> all.loader(loader));
    }

    private Object copySource(MutableEntry<String, String> entry, Object... arguments) {
        entry.setValue(source);
        entry.unwrap(LarderEntry.class).setTags("source");
        return null;
    }

    private static Fleet.Wrapping pointed(Consumer<String> point) {
        return new Fleet.Wrapping() {
            @Override
            public <K, V> Store<K, V> wrap(Store<K, V> store) {
                return new PointedStore<>(store, point);
            }
        };
    }
}
