package dev.larder.store.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.LeaseResult.Status;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreException;
import dev.larder.store.Ttl;
import dev.larder.store.guard.FlakyStore.Mood;
import dev.larder.store.heap.HeapStore;
import dev.larder.testkit.FakeTime;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A call that was given up changes the store when its caller is long gone. */
class LateCallTest {

    private static final Duration REPLAYED = Duration.ofSeconds(2);

    private final FakeTime time = new FakeTime();
    private final FlakyStore flaky = new FlakyStore();
    private final StoreContext<String, String> context = StoreContext.of("users", String.class, String.class)
            .withTime(time, time)
            .withExecutor(Runnable::run);
    private final Store<String, String> heap = HeapStore.unbounded().open(context);
    private final GuardedStore<String, String> store =
            new GuardedStore<>(flaky.over(heap), context, OnStoreFailure.DEGRADE);

    private static Change<String> put(String value) {
        return Change.put(value, Ttl.ETERNAL).orInvalidate();
    }

    private static String valueOf(Entry<String> entry) {
        return entry == null ? null : entry.value();
    }

    @Test
    void theValueOfALatePutIsNotReadOnceItWasReplaced() throws Throwable {
        flaky.turn(Mood.LATE);
        store.write("k", put("late"));
        flaky.turn(Mood.WELL);
        assertThat(store.read("k")).isNull();
        store.write("k", put("new"));

        flaky.arrive();

        assertThat(valueOf(heap.read("k"))).isEqualTo("late");
        assertThat(store.read("k")).isNull();
        assertThat(heap.read("k")).isNull();
    }

    @Test
    void aKeyIsNotAnsweredFromTheStoreAsLongAsALateCallMayChangeIt() {
        store.write("k", put("old"));
        flaky.turn(Mood.LATE);
        store.write("k", put("late"));
        flaky.turn(Mood.WELL);
        time.advance(REPLAYED);

        assertThat(store.read("k")).isNull();
        assertThat(store.readAll(Set.of("k"), Ttl.UNCHANGED)).isEmpty();
        assertThat(store.lease("k", null, Duration.ofSeconds(1)).status()).isEqualTo(Status.UNAVAILABLE);
        assertThat(store.scan().advance()).isFalse();
        assertThat(store.write("k", put("new")).effect()).isEqualTo(Effect.APPLIED);
        assertThatThrownBy(() -> store.write("k", Change.put("new", Ttl.ETERNAL).ifAbsent()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("still under way");
        assertThat(store.status().pendingInvalidations()).isEqualTo(1);
    }

    @Test
    void otherKeysAreAnsweredMeanwhile() {
        flaky.turn(Mood.LATE);
        store.write("k", put("late"));
        flaky.turn(Mood.WELL);

        assertThat(store.writeAll(Map.of("k", put("new"), "l", put("v"))).keySet())
                .containsExactlyInAnyOrder("k", "l");
        assertThat(store.readAll(Set.of("k", "l"), Ttl.UNCHANGED)).containsOnlyKeys("l");
    }

    @Test
    void aKeyIsSettledInTheBackgroundWhenItsLateCallHasEnded() throws Throwable {
        flaky.turn(Mood.LATE);
        store.write("k", put("late"));
        flaky.turn(Mood.WELL);
        flaky.arrive();

        time.advance(REPLAYED);

        assertThat(heap.read("k")).isNull();
        assertThat(store.status().pendingInvalidations()).isZero();
    }

    @Test
    void aRemovalThatIsLateHoldsItsKeyToo() throws Throwable {
        flaky.turn(Mood.DOWN);
        store.write("k", put("new"));
        flaky.turn(Mood.LATE);
        assertThat(store.read("k")).isNull();
        flaky.turn(Mood.WELL);
        assertThat(store.read("k")).isNull();
        assertThat(store.write("k", put("newer")).effect()).isEqualTo(Effect.APPLIED);

        flaky.arrive();

        assertThat(store.write("k", put("newest")).effect()).isEqualTo(Effect.CREATED);
        assertThat(valueOf(store.read("k"))).isEqualTo("newest");
    }

    @Test
    void aRemovalOfManyThatIsLateHoldsAllOfThem() throws Throwable {
        flaky.turn(Mood.DOWN);
        store.writeAll(Map.of("k", put("new"), "l", put("new")));
        flaky.turn(Mood.LATE);
        assertThat(store.readAll(Set.of("k", "l"), Ttl.UNCHANGED)).isEmpty();
        flaky.turn(Mood.WELL);
        store.writeAll(Map.of("k", put("newer"), "l", put("newer")));
        assertThat(heap.read("k")).isNull();

        flaky.arrive();

        store.writeAll(Map.of("k", put("newest"), "l", put("newest")));
        assertThat(valueOf(store.read("k"))).isEqualTo("newest");
    }

    @Test
    void aLateClearHoldsAllKeysUntilItHasEnded() throws Throwable {
        store.write("k", put("old"));
        flaky.turn(Mood.LATE);
        assertThatThrownBy(store::clear).isInstanceOf(StoreException.class);
        flaky.turn(Mood.WELL);
        assertThat(store.read("k")).isNull();
        assertThat(store.status().pendingInvalidations()).isEqualTo(-1);

        flaky.arrive();
        store.write("k", put("new"));

        assertThat(valueOf(store.read("k"))).isEqualTo("new");
    }

    @Test
    void aKeyThatALateCallMayChangeIsStillPendingWhenAllOthersWereCleared() throws Throwable {
        flaky.turn(Mood.LATE);
        store.write("k", put("late"));
        flaky.turn(Mood.DOWN);
        assertThatThrownBy(store::clear).isInstanceOf(StoreException.class);
        flaky.turn(Mood.WELL);
        time.advance(REPLAYED);
        assertThat(store.status().pendingInvalidations()).isEqualTo(1);

        flaky.arrive();

        assertThat(store.read("k")).isNull();
    }
}
