package dev.larder.conformance.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.LarderCache;
import dev.larder.store.Store;
import dev.larder.testkit.interleave.Interleavings;
import dev.larder.testkit.interleave.PointedStore;
import javax.cache.processor.MutableEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Entry processors of several JVMs on one entry: each takes effect exactly once. */
@Timeout(600)
@Tag("interleaving")
class SharedInvokeTest {

    private static final int SCHEDULES = Boolean.getBoolean("larder.stress") ? 5_000 : 400;

    private static Integer increment(MutableEntry<String, Integer> entry, Object... arguments) {
        Integer value = entry.getValue();
        entry.setValue(value == null ? 1 : value + 1);
        return value;
    }

    @Test
    void noIncrementIsLostOrDoneTwice() {
        Interleavings.ofSeeds(SCHEDULES).check(run -> {
            try (Fleet fleet = new Fleet()) {
                Fleet.Wrapping pointed = new Fleet.Wrapping() {
                    @Override
                    public <K, V> Store<K, V> wrap(Store<K, V> store) {
                        return new PointedStore<>(store, run::point);
                    }
                };
                LarderCache<String, Integer> one = fleet.join(String.class, Integer.class, pointed, all -> all);
                LarderCache<String, Integer> other = fleet.join(String.class, Integer.class, pointed, all -> all);
                run.actor("one", () -> one.invoke("k", SharedInvokeTest::increment));
                run.actor("other", () -> other.invoke("k", SharedInvokeTest::increment));
                run.actor("same JVM", () -> other.invoke("k", SharedInvokeTest::increment));

                run.play();

                assertThat(one.get("k")).isEqualTo(3);
            }
        });
    }
}
