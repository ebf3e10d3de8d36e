package dev.larder.store.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.codec.CodecException;
import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.Ttl;
import dev.larder.store.guard.FlakyStore.Mood;
import dev.larder.store.heap.HeapStore;
import dev.larder.testkit.FakeTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a store throws that is no {@link StoreException}. */
class UnexpectedFailureTest {

    private static final Change<String> PUT = Change.put("v", Ttl.ETERNAL).orInvalidate();

    private final FakeTime time = new FakeTime();
    private final FlakyStore flaky = new FlakyStore();
    private final StoreContext<String, String> context = StoreContext.of("users", String.class, String.class)
            .withTime(time, time)
            .withExecutor(Runnable::run);
    private final Store<String, String> heap = HeapStore.unbounded().open(context);
    private final GuardedStore<String, String> store =
            new GuardedStore<>(flaky.over(heap), context, OnStoreFailure.DEGRADE);

    private void openTheBreaker() {
        flaky.turn(Mood.DOWN);
        IntStream.range(0, 5).forEach(i -> store.read("k"));
        assertThat(store.status().breakerOpen()).isTrue();
    }

    @Test
    void anExceptionOfAnotherKindIsAFailureOfTheStore() {
        flaky.turnTo(() -> new NullPointerException("password"));

        assertThat(store.read("k")).isNull();

        assertThat(store.status().cause())
                .contains("java.lang.NullPointerException")
                .doesNotContain("password");
    }

    @Test
    void aChangeThatEndedSoMayHaveHappened() {
        GuardedStore<String, String> failing = new GuardedStore<>(flaky.over(heap), context, OnStoreFailure.FAIL);
        flaky.turnTo(NullPointerException::new);

        assertThatThrownBy(() -> failing.write("k", PUT))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.applied()).isEqualTo(Applied.UNKNOWN))
                .hasCauseInstanceOf(NullPointerException.class);

        assertThat(failing.status().pendingInvalidations()).isEqualTo(1);
    }

    @Test
    void manySuchOpenTheBreaker() {
        flaky.turnTo(NullPointerException::new);

        IntStream.range(0, 100).forEach(i -> store.read("k"));

        assertThat(flaky.calls()).isEqualTo(5);
    }

    @Test
    void anErrorIsThrownAsItIsAndWhatItMayHaveChangedIsPending() {
        List<Runnable> changes = List.of(
                () -> store.write("k", PUT),
                () -> store.writeAll(Map.of("k", PUT)),
                () -> store.lease("k", null, Duration.ofSeconds(1)),
                () -> store.leaseAll(Set.of("k"), Duration.ofSeconds(1)),
                store::clear);
        for (Runnable change : changes) {
            flaky.turnTo(NoClassDefFoundError::new);
            assertThatThrownBy(change::run).isInstanceOf(NoClassDefFoundError.class);
            assertThat(store.status().pendingInvalidations()).isNotZero();
            assertThat(store.isDegraded()).isTrue();

            flaky.turn(Mood.WELL);
            time.advance(Duration.ofSeconds(2));
            assertThat(store.status().pendingInvalidations()).isZero();
        }
    }

    static Stream<RuntimeException> mistakesOfTheCaller() {
        return Stream.of(
                new CodecException("class X is not allowed; add it to \"allow\""),
                new IllegalArgumentException(),
                new IllegalStateException("closed"),
                new UnsupportedOperationException());
    }

    @ParameterizedTest
    @MethodSource("mistakesOfTheCaller")
    void whatTheCallerDidWrongIsThrownAndSaysNothingOfTheStore(RuntimeException mistake) {
        flaky.turnTo(() -> mistake);

        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> store.write("k", PUT)).isSameAs(mistake);
        }

        assertThat(store.isDegraded()).isFalse();
        assertThat(flaky.calls()).isEqualTo(10);
    }

    @ParameterizedTest
    @MethodSource("mistakesOfTheCaller")
    void aProbeThatEndedSoMakesRoomForTheNext(RuntimeException mistake) {
        openTheBreaker();
        time.advance(Duration.ofMillis(500));
        flaky.turnTo(() -> mistake);
        assertThatThrownBy(() -> store.write("k", PUT)).isSameAs(mistake);
        assertThat(store.status().breakerOpen()).isTrue();

        flaky.turn(Mood.WELL);
        heap.write("k", PUT);

        assertThat(store.read("k")).extracting(Entry::value).isEqualTo("v");
        assertThat(store.status().breakerOpen()).isFalse();
    }

    @Test
    void aProbeThatEndedInAnErrorIsFollowedByAnother() {
        openTheBreaker();
        time.advance(Duration.ofMillis(500));
        flaky.turnTo(NoClassDefFoundError::new);
        assertThatThrownBy(() -> store.read("k")).isInstanceOf(NoClassDefFoundError.class);
        flaky.turn(Mood.WELL);

        time.advance(Duration.ofMillis(500));
        heap.write("k", PUT);

        assertThat(store.read("k")).extracting(Entry::value).isEqualTo("v");
    }
}
