package dev.larder.store.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.codec.CodecException;
import dev.larder.store.Change;
import dev.larder.store.Cursor;
import dev.larder.store.Entry;
import dev.larder.store.Lease;
import dev.larder.store.LeaseResult;
import dev.larder.store.Outcome;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreException;
import dev.larder.store.Tags;
import dev.larder.store.Ttl;
import dev.larder.store.guard.FlakyStore.Mood;
import dev.larder.store.heap.HeapStore;
import dev.larder.testkit.FakeTime;
import dev.larder.testkit.ForwardingStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class GuardedStoreTest {

    private static final Duration REPLAYED = Duration.ofSeconds(2);
    private static final Change<String> REMOVE = Change.<String>remove().orInvalidate();

    private static final Change<String> PUT_IF_ABSENT =
            Change.put("v", Ttl.ETERNAL).ifAbsent();

    private final FakeTime time = new FakeTime();
    private final FlakyStore flaky = new FlakyStore();
    private final StoreContext<String, String> context = StoreContext.of("users", String.class, String.class)
            .withTime(time, time)
            .withExecutor(Runnable::run);
    private final Store<String, String> heap = HeapStore.unbounded().open(context);

    private GuardedStore<String, String> guarded(OnStoreFailure onFailure) {
        return new GuardedStore<>(flaky.over(heap), context, onFailure);
    }

    private static Change<String> put(String value) {
        return Change.put(value, Ttl.ETERNAL).orInvalidate();
    }

    private static String valueOf(Entry<String> entry) {
        return entry == null ? null : entry.value();
    }

    @Test
    void readsMissWhileTheStoreIsDown() {
        GuardedStore<String, String> store = guarded(OnStoreFailure.DEGRADE);
        store.write("k", put("v"));

        flaky.turn(Mood.DOWN);

        assertThat(store.read("k")).isNull();
        assertThat(store.readAndTouch("k", Ttl.ETERNAL)).isNull();
        assertThat(store.readAll(Set.of("k"), Ttl.UNCHANGED)).isEmpty();
        assertThat(store.lease("x", null, Duration.ofSeconds(1)).status()).isEqualTo(LeaseResult.Status.UNAVAILABLE);
        assertThat(store.leaseAll(Set.of("x"), Duration.ofSeconds(1)))
                .containsOnly(Map.entry("x", LeaseResult.unavailable()));
    }

    /** Else a conditional operation would take a store that is silent for one that is empty. */
    @Test
    void whoDecidesByTheLatestHearsOfTheFailure() {
        GuardedStore<String, String> store = guarded(OnStoreFailure.DEGRADE);
        flaky.turn(Mood.DOWN);

        assertThatThrownBy(() -> store.readLatest("k")).isInstanceOf(StoreException.class);
    }

    @Test
    void nobodyKnowsTheSizeWhileTheStoreIsDown() {
        GuardedStore<String, String> store = guarded(OnStoreFailure.FAIL);
        flaky.turn(Mood.DOWN);

        assertThat(store.estimatedSize()).isEqualTo(-1);
    }

    @Test
    void entriesAreThereAgainWhenTheStoreIs() {
        GuardedStore<String, String> store = guarded(OnStoreFailure.DEGRADE);
        store.write("k", put("v"));
        flaky.turn(Mood.DOWN);
        store.read("k");

        flaky.turn(Mood.WELL);

        assertThat(valueOf(store.read("k"))).isEqualTo("v");
    }

    /** Its caller would wait for two deadlines. */
    @Test
    void nothingIsAskedAfterARemovalThatTookLong() {
        GuardedStore<String, String> store = slowToRemove(OnStoreFailure.DEGRADE);
        flaky.turn(Mood.DOWN);
        store.write("read", put("v"));
        store.write("written", put("v"));
        flaky.turn(Mood.WELL);
        int calls = flaky.calls();

        assertThat(store.read("read")).isNull();
        assertThat(store.write("written", put("w")).isApplied()).isTrue();
        assertThat(flaky.calls() - calls).isEqualTo(2);
        assertThat(heap.read("written")).isNull();
    }

    /** Else all puts of a key would do without a store that takes long for each removal. */
    @Test
    void putThatRemovedWhatWasPendingLeavesNothingPending() {
        GuardedStore<String, String> store = slowToRemove(OnStoreFailure.DEGRADE);
        flaky.turn(Mood.DOWN);
        store.write("k", put("v"));
        flaky.turn(Mood.WELL);

        store.write("k", put("w"));
        assertThat(store.status().pendingInvalidations()).isZero();
        store.write("k", put("x"));

        assertThat(valueOf(heap.read("k"))).isEqualTo("x");
    }

    /** Another JVM stores something between that removal and the beginning of the put. */
    @Test
    void putThatWaitedForTheRemovalOfAnotherIsNotTakenForMadeByThat() throws Exception {
        CountDownLatch removing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        GuardedStore<String, String> store = new GuardedStore<>(
                new ForwardingStore<>(flaky.over(heap)) {
                    @Override
                    public Outcome<String> write(String key, Change<String> change) {
                        Outcome<String> outcome = super.write(key, change);
                        if (removing.getCount() > 0) {
                            heap.write(key, GuardedStoreTest.put("another's"));
                            removing.countDown();
                            await(go);
                        }
                        return outcome;
                    }
                },
                context,
                OnStoreFailure.DEGRADE);
        flaky.turn(Mood.DOWN);
        store.write("k", put("v"));
        flaky.turn(Mood.WELL);
        Thread reader = new Thread(() -> store.read("k"));
        reader.start();
        await(removing);

        Thread writer = new Thread(() -> store.write("k", put("w")));
        writer.start();
        Awaitility.await().until(() -> waitsForTheRemovalOfAnother(writer));
        time.advance(Duration.ofMillis(100));
        go.countDown();
        writer.join(30_000);
        reader.join(30_000);

        assertThat(store.read("k")).isNull();
    }

    private static boolean waitsForTheRemovalOfAnother(Thread thread) {
        return thread.getState() == Thread.State.WAITING
                && Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(ReentrantLock.class.getName()));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private GuardedStore<String, String> slowToRemove(OnStoreFailure onFailure) {
        return new GuardedStore<>(
                new ForwardingStore<>(flaky.over(heap)) {
                    @Override
                    public Outcome<String> write(String key, Change<String> change) {
                        time.advance(Duration.ofMillis(change.action() == Change.Action.REMOVE ? 100 : 0));
                        return super.write(key, change);
                    }
                },
                context,
                onFailure);
    }

    static Map<String, Consumer<Store<String, String>>> operations() {
        return Map.of(
                "read", store -> store.read("k"),
                "readLatest", store -> store.readLatest("k"),
                "write", store -> store.write("k", put("w")),
                "lease", store -> store.lease("k", null, REPLAYED),
                "readAll", store -> store.readAll(Set.of("k", "another"), Ttl.UNCHANGED),
                "writeAll", store -> store.writeAll(Map.of("k", put("w"), "another", put("w"))));
    }

    static Stream<String> names() {
        return operations().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void operationFailsAfterARemovalThatTookLongIfItMustNotGoOnWithoutItsStore(String name) {
        GuardedStore<String, String> store = slowToRemove(OnStoreFailure.FAIL);
        Consumer<Store<String, String>> operation =
                Objects.requireNonNull(operations().get(name));
        flaky.turn(Mood.QUESTION_LOST);
        assertThatThrownBy(() -> store.write("k", put("v"))).isInstanceOf(StoreException.class);
        flaky.turn(Mood.WELL);
        int calls = flaky.calls();

        assertThatThrownBy(() -> operation.accept(store))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("took long for the removal");

        assertThat(flaky.calls() - calls).isEqualTo(1);
        operation.accept(store);
        assertThat(flaky.calls() - calls).isGreaterThan(1);
    }

    /** A store whose changes of many keys together take that long, and of one key by itself for ever. */
    private GuardedStore<String, String> slowTogether(Duration duration) {
        return new GuardedStore<>(
                new ForwardingStore<>(flaky.over(heap)) {
                    @Override
                    public Outcome<String> write(String key, Change<String> change) {
                        throw new AssertionError("a call for " + key + " alone");
                    }

                    @Override
                    public Map<String, Outcome<String>> writeAll(Map<? extends String, Change<String>> changes) {
                        time.advance(duration);
                        return flaky.over(heap).writeAll(changes);
                    }
                },
                context,
                OnStoreFailure.DEGRADE);
    }

    private static Map<String, Change<String>> putsOf(int number) {
        return IntStream.range(0, number)
                .mapToObj(Integer::toString)
                .collect(Collectors.toMap(Function.identity(), GuardedStoreTest::put));
    }

    @Test
    void whatIsPendingOfManyKeysIsRemovedByOneCall() {
        GuardedStore<String, String> store = slowTogether(Duration.ofMillis(3));
        flaky.turn(Mood.DOWN);
        store.writeAll(putsOf(100));
        flaky.turn(Mood.WELL);
        int calls = flaky.calls();

        assertThat(store.writeAll(putsOf(200))).hasSize(200);

        assertThat(flaky.calls() - calls).as("calls: the removal and the puts").isEqualTo(2);
        assertThat(store.status().pendingInvalidations()).isZero();
        assertThat(store.readAll(putsOf(200).keySet(), Ttl.UNCHANGED)).hasSize(200);
    }

    @Test
    void allOfManyKeysStayPendingIfTheirRemovalFails() {
        GuardedStore<String, String> store = slowTogether(Duration.ofMillis(3));
        flaky.turn(Mood.DOWN);
        store.writeAll(putsOf(100));
        int calls = flaky.calls();

        assertThat(store.readAll(putsOf(100).keySet(), Ttl.UNCHANGED)).isEmpty();

        assertThat(flaky.calls() - calls).isEqualTo(1);
        assertThat(store.status().pendingInvalidations()).isEqualTo(100);
    }

    @Test
    void manyKeysAreNotAskedForAfterARemovalThatTookLong() {
        GuardedStore<String, String> store = slowTogether(Duration.ofMillis(100));
        flaky.turn(Mood.DOWN);
        store.writeAll(putsOf(100));
        flaky.turn(Mood.WELL);
        int calls = flaky.calls();

        assertThat(store.readAll(putsOf(100).keySet(), Ttl.UNCHANGED)).isEmpty();

        assertThat(flaky.calls() - calls).isEqualTo(1);
        assertThat(store.status().pendingInvalidations()).isZero();
    }

    @Test
    void putsOfManyDoNotGoOnFailingWhereRemovalsTakeLong() {
        GuardedStore<String, String> store = slowTogether(Duration.ofMillis(100));
        flaky.turn(Mood.DOWN);
        store.writeAll(putsOf(100));
        flaky.turn(Mood.WELL);

        store.writeAll(putsOf(100));
        assertThat(heap.read("7")).isNull();
        store.writeAll(putsOf(100));

        assertThat(valueOf(heap.read("7"))).isEqualTo("7");
        assertThat(store.status().pendingInvalidations()).isZero();
    }

    /** Whoever put it found the store away, before the key was looked at. */
    @Test
    void keyThatCannotBecomeBytesIsNotPendingForEver() {
        GuardedStore<String, String> store = new GuardedStore<>(
                new ForwardingStore<>(flaky.over(heap)) {
                    @Override
                    public Outcome<String> write(String key, Change<String> change) {
                        Outcome<String> outcome = super.write(key, change);
                        requireBytes(Set.of(key));
                        return outcome;
                    }

                    @Override
                    public Map<String, Outcome<String>> writeAll(Map<? extends String, Change<String>> changes) {
                        requireBytes(changes.keySet());
                        return super.writeAll(changes);
                    }

                    private void requireBytes(Set<? extends String> keys) {
                        if (keys.contains("bad")) {
                            throw CodecException.ofKey("no bytes", null);
                        }
                    }
                },
                context,
                OnStoreFailure.DEGRADE);
        for (String key : List.of("bad", "good", "other")) {
            heap.write(key, put("old"));
            flaky.turn(Mood.DOWN);
            store.write(key, put("new"));
        }
        flaky.turn(Mood.WELL);

        assertThat(store.readAll(Set.of("bad", "good"), Ttl.UNCHANGED)).doesNotContainKey("good");
        assertThat(heap.read("good")).isNull();
        time.advance(REPLAYED);

        assertThat(heap.read("other")).isNull();
        assertThat(store.status().pendingInvalidations()).isZero();
    }

    /** What was not pending was not removed either. */
    @Test
    void keysThatWereNotPendingAreIfTheRemovalOfOthersTookLong() {
        GuardedStore<String, String> store = slowTogether(Duration.ofMillis(100));
        heap.write("199", put("old"));
        flaky.turn(Mood.DOWN);
        store.writeAll(putsOf(100));
        flaky.turn(Mood.WELL);

        store.writeAll(putsOf(200));

        assertThat(store.status().pendingInvalidations()).isEqualTo(100);
        assertThat(valueOf(heap.read("199"))).isEqualTo("old");
    }

    @Test
    void failingIsOverWhenTheStoreHasAnsweredForASecond() {
        GuardedStore<String, String> store = guarded(OnStoreFailure.DEGRADE);
        flaky.turn(Mood.DOWN);
        store.read("k");
        flaky.turn(Mood.WELL);

        time.advance(Duration.ofMillis(999));
        store.read("k");
        assertThat(store.isDegraded()).isTrue();
        time.advance(Duration.ofMillis(1));
        store.read("k");

        assertThat(store.isDegraded()).isFalse();
        assertThat(store.status()).isEqualTo(new GuardStatus(false, 0, null, false, 0));
    }

    @ParameterizedTest
    @EnumSource(
            value = Mood.class,
            names = {"DOWN", "ANSWER_LOST", "QUESTION_LOST"})
    void aReplacedValueIsNotReadAgain(Mood mood) {
        GuardedStore<String, String> store = guarded(OnStoreFailure.DEGRADE);
        store.write("put", put("old"));
        store.write("removed", put("old"));
        flaky.turn(mood);

        assertThat(store.write("put", put("new")).effect()).isEqualTo(Effect.APPLIED);
        assertThat(store.write("removed", REMOVE).effect()).isEqualTo(Effect.ABSENT);
        assertThat(store.status().pendingInvalidations()).isEqualTo(2);
        flaky.turn(Mood.WELL);

        assertThat(store.read("put")).isNull();
        assertThat(store.readAll(Set.of("removed"), Ttl.UNCHANGED)).isEmpty();
        assertThat(store.status().pendingInvalidations()).isZero();
    }

    @Test
    void withoutAGuardTheReplacedValueIsReadAgain() {
        Store<String, String> unguarded = flaky.over(heap);
        unguarded.write("k", put("old"));
        flaky.turn(Mood.DOWN);
        assertThatThrownBy(() -> unguarded.write("k", put("new"))).isInstanceOf(StoreException.class);
        flaky.turn(Mood.WELL);

        assertThat(valueOf(unguarded.read("k"))).isEqualTo("old");
    }

    @Test
    void pendingKeysAreRemovedInTheBackground() {
        GuardedStore<String, String> store = guarded(OnStoreFailure.DEGRADE);
        store.write("k", put("old"));
        flaky.turn(Mood.DOWN);
        store.write("k", put("new"));
        time.advance(REPLAYED);
        assertThat(valueOf(heap.read("k"))).isEqualTo("old");

        flaky.turn(Mood.WELL);
        time.advance(REPLAYED);

        assertThat(heap.read("k")).isNull();
        assertThat(time.pendingTasks()).isZero();
    }

    private static Change<String> putTagged(String value, String tag) {
        return Change.put(value, Ttl.ETERNAL).withTags(Tags.of(Set.of(tag)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Mood.class,
            names = {"DOWN", "ANSWER_LOST", "QUESTION_LOST"})
    void invalidationOfTagsThatFailedIsMadeGoodBeforeAnythingIsRead(Mood mood) {
        GuardedStore<String, String> store = guarded(OnStoreFailure.DEGRADE);
        store.write("red", putTagged("old", "red"));
        store.write("green", putTagged("old", "green"));
        store.write("none", put("old"));
        flaky.turn(mood);

        assertThatThrownBy(() -> store.invalidateTags(Set.of("red"))).isInstanceOf(StoreException.class);

        assertThat(store.isDegraded()).isTrue();
        assertThat(store.status().pendingInvalidations()).isOne();
        assertThat(store.read("none")).as("read while it is not made good").isNull();
        flaky.turn(Mood.WELL);
        assertThat(store.read("red")).isNull();
        assertThat(valueOf(store.read("green"))).isEqualTo("old");
        assertThat(valueOf(store.read("none"))).isEqualTo("old");
        assertThat(store.status().pendingInvalidations()).isZero();
    }

    @Test
    void walkMeetsNothingWhileTagsArePending() {
        GuardedStore<String, String> store = guarded(OnStoreFailure.DEGRADE);
        store.write("red", putTagged("old", "red"));
        try (Cursor<String, String> cursor = store.scan()) {
            flaky.turn(Mood.DOWN);
            assertThatThrownBy(() -> store.invalidateTags(Set.of("red"))).isInstanceOf(StoreException.class);
            flaky.turn(Mood.WELL);

            assertThat(cursor.advance()).isFalse();
        }
    }

    @Test
    void pendingTagsAreInvalidatedInTheBackground() {
        GuardedStore<String, String> store = guarded(OnStoreFailure.DEGRADE);
        store.write("red", putTagged("old", "red"));
        flaky.turn(Mood.QUESTION_LOST);
        assertThatThrownBy(() -> store.invalidateTags(Set.of("red"))).isInstanceOf(StoreException.class);
        assertThat(valueOf(heap.read("red"))).isEqualTo("old");

        flaky.turn(Mood.WELL);
        time.advance(REPLAYED);

        assertThat(heap.read("red")).isNull();
        assertThat(time.pendingTasks()).isZero();
    }

    @Test
    void pendingTagsAreSettledByAClearThatIsPendingToo() {
        GuardedStore<String, String> store = guarded(OnStoreFailure.DEGRADE);
        flaky.turn(Mood.DOWN);
        assertThatThrownBy(() -> store.invalidateTags(Set.of("red"))).isInstanceOf(StoreException.class);
        assertThatThrownBy(store::clear).isInstanceOf(StoreException.class);
        flaky.turn(Mood.WELL);
        int calls = flaky.calls();

        store.read("k");

        assertThat(flaky.calls() - calls).as("calls: clear and read").isEqualTo(2);
        assertThat(store.status().pendingInvalidations()).isZero();
    }

    @Test
    void whereTheStoreMayNotFailOnlyAnInvalidationThatMayHaveHappenedIsPending() {
        GuardedStore<String, String> store = guarded(OnStoreFailure.FAIL);
        flaky.turn(Mood.DOWN);
        assertThatThrownBy(() -> store.invalidateTags(Set.of("red"))).isInstanceOf(StoreException.class);
        assertThat(store.status().pendingInvalidations()).isZero();
        flaky.turn(Mood.ANSWER_LOST);
        assertThatThrownBy(() -> store.invalidateTags(Set.of("red"))).isInstanceOf(StoreException.class);
        assertThat(store.status().pendingInvalidations()).isOne();
    }

    static Stream<Change<String>> changesThatWantAnAnswer() {
        return Stream.concat(changesOfWhateverIsThere(), Stream.of(PUT_IF_ABSENT));
    }

    static Stream<Change<String>> changesOfWhateverIsThere() {
        return Stream.of(
                Change.put("v", Ttl.ETERNAL),
                Change.remove(),
                Change.put("v", Ttl.ETERNAL).ifPresent(),
                Change.put("v", Ttl.ETERNAL).ifValue("old"),
                Change.put("v", Ttl.ETERNAL).returningPrevious(),
                Change.<String>remove().returningPrevious(),
                Change.<String>remove().ifValue("old"),
                Change.touch(Ttl.EXPIRED));
    }

    @ParameterizedTest
    @MethodSource("changesThatWantAnAnswer")
    void whatCannotBeAnsweredThrows(Change<String> change) {
        GuardedStore<String, String> store = guarded(OnStoreFailure.DEGRADE);
        flaky.turn(Mood.DOWN);

        assertThatThrownBy(() -> store.write("k", change)).isInstanceOf(StoreException.class);
        assertThat(store.status().pendingInvalidations()).isZero();
    }

    @ParameterizedTest
    @MethodSource("changesOfWhateverIsThere")
    void whatMayHaveHappenedIsPending(Change<String> change) {
        for (OnStoreFailure onFailure : OnStoreFailure.values()) {
            GuardedStore<String, String> store = guarded(onFailure);
            flaky.turn(Mood.ANSWER_LOST);

            assertThatThrownBy(() -> store.write("k", change)).isInstanceOf(StoreException.class);
            assertThat(store.status().pendingInvalidations()).isEqualTo(1);
            flaky.turn(Mood.WELL);
            assertThat(store.read("k")).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(OnStoreFailure.class)
    void whatTookThePlaceOfNothingIsNotPendingOnceItHasEnded(OnStoreFailure onFailure) {
        GuardedStore<String, String> store = guarded(onFailure);
        flaky.turn(Mood.ANSWER_LOST);

        assertThatThrownBy(() -> store.write("k", PUT_IF_ABSENT)).isInstanceOf(StoreException.class);
        flaky.turn(Mood.WELL);

        assertThat(valueOf(store.read("k"))).isEqualTo("v");
    }

    /** What others have made of it since would be lost. */
    @ParameterizedTest
    @EnumSource(OnStoreFailure.class)
    void whatTookThePlaceOfTheEntryThatWasReadIsNotPending(OnStoreFailure onFailure) {
        GuardedStore<String, String> store = guarded(onFailure);
        store.write("k", put("old"));
        Entry<String> read = store.read("k");
        flaky.turn(Mood.ANSWER_LOST);

        assertThatThrownBy(() -> store.write("k", Change.put("new", Ttl.ETERNAL).ifUnchanged(read)))
                .isInstanceOf(StoreException.class);
        flaky.turn(Mood.WELL);

        assertThat(valueOf(store.read("k"))).isEqualTo("new");
    }

    @Test
    void whatOnlyMovedADeadlineIsNotPending() {
        GuardedStore<String, String> store = guarded(OnStoreFailure.FAIL);
        store.write("k", put("v"));
        flaky.turn(Mood.ANSWER_LOST);

        assertThatThrownBy(() -> store.write("k", Change.touch(Ttl.ofMillis(1_000))))
                .isInstanceOf(StoreException.class);
        flaky.turn(Mood.WELL);

        assertThat(valueOf(store.read("k"))).isEqualTo("v");
    }

    @Test
    void theTouchOfAReadIsLeftOut() {
        GuardedStore<String, String> store = guarded(OnStoreFailure.DEGRADE);
        store.write("k", put("v"));
        Entry<String> entry = store.read("k");
        flaky.turn(Mood.DOWN);

        assertThat(store.write("k", Change.<String>touch(Ttl.ofMillis(1_000)).ifUnchanged(entry))
                        .effect())
                .isEqualTo(Effect.ABSENT);
        assertThat(store.status().pendingInvalidations()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Mood.class,
            names = {"DOWN", "ANSWER_LOST", "QUESTION_LOST"})
    void aLeaseCountsAsLostIfTheStoreFailsBeforeItIsUsed(Mood mood) {
        GuardedStore<String, String> store = guarded(OnStoreFailure.DEGRADE);
        Lease lease = store.lease("k", null, Duration.ofMinutes(1)).requireLease();
        flaky.turn(mood);

        Effect effect = store.write("k", Change.put("loaded", Ttl.ETERNAL).ifUnchanged(lease))
                .effect();

        assertThat(effect).isEqualTo(Effect.ABSENT);
        flaky.turn(Mood.WELL);
        assertThat(store.lease("k", null, Duration.ofMinutes(1)).isGranted()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aLeaseThatNobodyHeardOfIsNotLeftBehind(OnStoreFailure onFailure) {
        GuardedStore<String, String> store = guarded(onFailure);
        flaky.turn(Mood.ANSWER_LOST);
        try {
            assertThat(store.lease("k", null, Duration.ofMinutes(1)).isGranted())
                    .isFalse();
        } catch (StoreException e) {
            assertThat(onFailure).isEqualTo(OnStoreFailure.FAIL);
        }

        flaky.turn(Mood.WELL);

        assertThat(store.lease("k", null, Duration.ofMinutes(1)).isGranted()).isTrue();
    }

    @Test
    void everyChangeOfManyThatMayHaveHappenedIsPending() {
        GuardedStore<String, String> store = guarded(OnStoreFailure.FAIL);
        flaky.turn(Mood.ANSWER_LOST);

        assertThatThrownBy(() -> store.writeAll(Map.of("k", put("v"), "l", put("v"))))
                .isInstanceOf(StoreException.class);

        assertThat(store.status().pendingInvalidations()).isEqualTo(2);
    }

    @Test
    void everythingThrowsIfThatIsWanted() {
        GuardedStore<String, String> store = guarded(OnStoreFailure.FAIL);
        flaky.turn(Mood.DOWN);

        List<Runnable> operations = List.of(
                () -> store.read("k"),
                () -> store.readAll(Set.of("k"), Ttl.UNCHANGED),
                () -> store.write("k", put("v")),
                () -> store.writeAll(Map.of("k", put("v"))),
                () -> store.write("k", REMOVE),
                () -> store.lease("k", null, Duration.ofSeconds(1)),
                store::scan,
                store::clear);
        assertThat(operations)
                .allSatisfy(operation -> assertThatThrownBy(operation::run).isInstanceOf(StoreException.class));
    }

    @Test
    void aClearThatFailedIsMadeGoodBeforeAnythingIsRead() {
        GuardedStore<String, String> store = guarded(OnStoreFailure.DEGRADE);
        store.write("k", put("old"));
        flaky.turn(Mood.DOWN);
        assertThatThrownBy(store::clear).isInstanceOf(StoreException.class);
        flaky.turn(Mood.WELL);

        assertThat(store.read("k")).isNull();
        assertThat(store.write("l", put("v")).effect()).isEqualTo(Effect.CREATED);
        assertThat(valueOf(store.read("l"))).isEqualTo("v");
    }

    @Test
    void aClearThatCertainlyFailedIsForgottenIfFailingIsWanted() {
        GuardedStore<String, String> store = guarded(OnStoreFailure.FAIL);
        store.write("k", put("v"));
        flaky.turn(Mood.DOWN);
        assertThatThrownBy(store::clear).isInstanceOf(StoreException.class);
        flaky.turn(Mood.WELL);

        assertThat(valueOf(store.read("k"))).isEqualTo("v");
    }

    @Test
    void aWalkPassesOverKeysThatBecamePending() {
        GuardedStore<String, String> store = guarded(OnStoreFailure.DEGRADE);
        store.write("k", put("old"));
        store.write("l", put("v"));
        Cursor<String, String> cursor = store.scan();
        flaky.turn(Mood.DOWN);
        store.write("k", put("new"));

        List<String> met = new ArrayList<>();
        while (cursor.advance()) {
            met.add(cursor.key());
        }

        assertThat(met).containsExactly("l");
    }

    @Test
    void aWalkBeginsAlthoughKeysArePendingAndPassesOverThem() {
        GuardedStore<String, String> store = guarded(OnStoreFailure.DEGRADE);
        store.write("k", put("old"));
        flaky.turn(Mood.DOWN);
        store.write("k", put("new"));
        flaky.turn(Mood.WELL);

        assertThat(store.scan().advance()).isFalse();
    }

    @Test
    void tooManyPendingKeysPendTheWholeStore() {
        GuardedStore<String, String> store = guarded(OnStoreFailure.DEGRADE);
        store.write("untouched", put("v"));
        flaky.turn(Mood.DOWN);
        IntStream.rangeClosed(0, 100_000).forEach(i -> store.write("k" + i, put("v")));
        assertThat(store.status().pendingInvalidations()).isEqualTo(-1);

        flaky.turn(Mood.WELL);
        time.advance(REPLAYED);

        assertThat(store.read("untouched")).isNull();
        assertThat(store.status().pendingInvalidations()).isZero();
    }

    @Test
    void aFailingStoreIsNotHammered() {
        GuardedStore<String, String> store = guarded(OnStoreFailure.DEGRADE);
        flaky.turn(Mood.DOWN);

        IntStream.range(0, 1_000).forEach(i -> store.read("k"));

        assertThat(flaky.calls()).isEqualTo(5);
        assertThat(store.status().breakerOpen()).isTrue();
        assertThat(store.status().cause()).isEqualTo("down");
    }

    @Test
    void oneCallProbesNowAndThen() {
        GuardedStore<String, String> store = guarded(OnStoreFailure.DEGRADE);
        flaky.turn(Mood.DOWN);
        IntStream.range(0, 5).forEach(i -> store.read("k"));

        time.advance(Duration.ofMillis(500));
        IntStream.range(0, 100).forEach(i -> store.read("k"));

        assertThat(flaky.calls()).isEqualTo(6);
        assertThat(store.status().degradedForMillis()).isEqualTo(500);
    }
}
