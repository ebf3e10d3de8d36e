package dev.larder.store.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Lease;
import dev.larder.store.Outcome;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.store.TagVersions;
import dev.larder.store.Tags;
import dev.larder.store.Ttl;
import dev.larder.testkit.FakeTime;
import dev.larder.testkit.RecordingStoreListener;
import dev.larder.testkit.RecordingStoreListener.Kind;
import dev.larder.time.Clock;
import dev.larder.time.Timer;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the heap store promises beyond the contract: its bounds, its sweeps, and how little a call costs. */
class HeapStoreTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** How long the compiler may take on a busy machine to see that what a call allocates is of no use, beside 20 rounds of calls. */
    private static final Duration WARMING =
            Boolean.getBoolean("larder.stress") ? Duration.ZERO : Duration.ofSeconds(30);

    private static final Ttl MINUTE_TTL = Ttl.of(MINUTE);
    private static final Ttl HOUR_TTL = Ttl.of(Duration.ofHours(1));

    private final FakeTime time = new FakeTime();
    private final RecordingStoreListener<String, String> listener = new RecordingStoreListener<>();

    // --- bounds

    @Test
    void storeBoundedBySizeKeepsItAndTellsWhatItEvicted() {
        Store<String, String> store = open(HeapStore.ofMaximumSize(100));

        for (int i = 0; i < 1_000; i++) {
            store.write("key " + i, Change.put("value", Ttl.ETERNAL));
        }

        await().untilAsserted(() -> {
            assertThat(store.estimatedSize()).isLessThanOrEqualTo(100);
            assertThat(listener.keys(Kind.EVICTED)).hasSize(1_000 - (int) store.estimatedSize());
        });
        assertThat(listener.keys(Kind.EVICTED))
                .doesNotHaveDuplicates()
                .allSatisfy(key -> assertThat(store.read(key)).isNull());
        assertThat(listener.keys(Kind.EXPIRED)).isEmpty();
    }

    @Test
    void storeBoundedByWeightKeepsIt() {
        Weigher<String, String> length = (key, value) -> value.length();
        Store<String, String> store = open(HeapStore.ofMaximumWeight(1_000, length));

        for (int i = 0; i < 1_000; i++) {
            store.write("key " + i, Change.put("0123456789", Ttl.ETERNAL));
        }

        await().untilAsserted(() -> {
            assertThat(store.estimatedSize()).isLessThanOrEqualTo(100);
            assertThat(listener.keys(Kind.EVICTED)).hasSize(1_000 - (int) store.estimatedSize());
        });
    }

    @Test
    void entryHeavierThanTheBoundIsEvictedAtOnce() {
        Weigher<String, String> length = (key, value) -> value.length();
        Store<String, String> store = open(HeapStore.ofMaximumWeight(10, length));

        store.write("key", Change.put("0123456789abcdef", Ttl.ETERNAL));

        await().untilAsserted(() -> assertThat(store.read("key")).isNull());
        assertThat(listener.keys(Kind.EVICTED)).containsExactly("key");
    }

    @Test
    void entryThatWasInvalidatedWhenItHadToGoIsToldToNobody() {
        Store<String, String> store = open(HeapStore.ofMaximumSize(10));
        for (int i = 0; i < 10; i++) {
            store.write(
                    "old " + i,
                    Change.put("value", i % 2 == 0 ? MINUTE_TTL : Ttl.ETERNAL).withTags(Tags.of(Set.of("red"))));
        }
        store.invalidateTags(Set.of("red"));

        for (int i = 0; i < 1_000; i++) {
            store.write("key " + i, Change.put("value", Ttl.ETERNAL));
            store.write("key " + i, Change.put("value", Ttl.ETERNAL));
        }
        time.advance(MINUTE);

        await().untilAsserted(() -> assertThat(store.estimatedSize()).isLessThanOrEqualTo(10));
        assertThat(listener.keys(Kind.EXPIRED)).isEmpty();
        assertThat(listener.keys(Kind.EVICTED)).noneMatch(key -> key.startsWith("old"));
    }

    @Test
    void invalidatedEntriesAreSweptThoughTheyHadNoDeadline() {
        Store<String, String> store = open(HeapStore.unbounded());
        store.write("k", Change.put("value", Ttl.ETERNAL).withTags(Tags.of(Set.of("red"))));
        store.write("l", Change.put("value", Ttl.ETERNAL).withTags(Tags.of(Set.of("green"))));
        store.write("m", Change.put("value", Ttl.ETERNAL));

        store.invalidateTags(Set.of("red"));
        assertThat(store.estimatedSize()).as("size before the sweep").isEqualTo(3);
        time.advance(Duration.ofSeconds(2));

        assertThat(store.estimatedSize()).isEqualTo(2);
        assertThat(listener.news()).isEmpty();
    }

    @Test
    void entriesThatAreReadOutliveTheForgettingOfTags() {
        Store<String, String> store = open(HeapStore.unbounded());
        store.write("read", Change.put("value", Ttl.ETERNAL).withTags(Tags.of(Set.of("red"))));
        store.write("unread", Change.put("value", Ttl.ETERNAL).withTags(Tags.of(Set.of("red"))));

        for (int i = 0; i < TagVersions.CAPACITY + 2; i++) {
            store.invalidateTags(Set.of("tag " + i));
            if (i % 1_000 == 0) {
                assertThat(store.readValue("read")).isEqualTo("value");
            }
        }

        assertThat(store.readValue("read")).isEqualTo("value");
        assertThat(store.readValue("unread")).isNull();
    }

    @Test
    void entryThatWasDeadWhenItHadToGoIsToldExpired() {
        Store<String, String> store = open(HeapStore.ofMaximumSize(10));
        for (int i = 0; i < 10; i++) {
            store.write("dead " + i, Change.put("value", MINUTE_TTL));
        }
        time.skip(MINUTE);

        for (int i = 0; i < 1_000; i++) {
            store.write("key " + i, Change.put("value", Ttl.ETERNAL));
            store.write("key " + i, Change.put("value", Ttl.ETERNAL));
        }
        time.advance(Duration.ofSeconds(2));

        await().untilAsserted(() -> assertThat(listener.keys(Kind.EXPIRED)).hasSize(10));
        assertThat(listener.keys(Kind.EVICTED)).noneMatch(key -> key.startsWith("dead"));
    }

    @Test
    void negativeWeightIsAnErrorThatNamesTheWeigher() {
        Store<String, String> store = open(HeapStore.ofMaximumWeight(10, new NegativeWeigher()));

        assertThatThrownBy(() -> store.write("key", Change.put("value", Ttl.ETERNAL)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weigher " + NegativeWeigher.class.getName() + " returned a negative weight: -7");
        assertThat(store.read("key")).isNull();
    }

    private static final class NegativeWeigher implements Weigher<String, String> {
        @Override
        public int weigh(String key, String value) {
            return -7;
        }
    }

    @Test
    void negativeBoundIsAnError() {
        assertThatThrownBy(() -> HeapStore.ofMaximumSize(-1)).hasMessage("maximumSize must not be negative: -1");
        assertThatThrownBy(() -> HeapStore.ofMaximumWeight(-1, (key, value) -> 1))
                .hasMessage("maximumWeight must not be negative: -1");
        assertThatThrownBy(() -> HeapStore.ofMaximumWeight(1, null)).hasMessage("weigher");
    }

    // --- sweeps

    @Test
    void deadEntryIsToldAtItsDeadlineIfTheStoreHasRested() {
        Store<String, String> store = open(HeapStore.unbounded());
        store.write("key", Change.put("value", MINUTE_TTL));

        time.advance(MINUTE.minusMillis(1));
        assertThat(listener.news()).isEmpty();

        time.advance(Duration.ofMillis(1));
        assertThat(listener.keys(Kind.EXPIRED)).containsExactly("key");
        assertThat(store.estimatedSize()).isZero();
    }

    @Test
    void deadEntryIsToldWithinASecondOfItsDeadlineIfTheStoreHasJustSwept() {
        Store<String, String> store = open(HeapStore.unbounded());
        store.write("first", Change.put("value", MINUTE_TTL));
        store.write("second", Change.put("value", Ttl.of(MINUTE.plusMillis(1))));

        time.advance(MINUTE.plusMillis(1));
        assertThat(listener.keys(Kind.EXPIRED)).containsExactly("first");

        time.advance(Duration.ofSeconds(1));
        assertThat(listener.keys(Kind.EXPIRED)).containsExactly("first", "second");
    }

    @Test
    void sweepsAreAtMostOneASecondHoweverManyDeadlines() {
        AtomicInteger scheduled = new AtomicInteger();
        Timer counting = (delayMillis, task, executor) -> {
            scheduled.incrementAndGet();
            time.runAfter(delayMillis, task, executor);
        };
        Store<String, String> store = open(HeapStore.unbounded(), time, counting);
        for (int i = 0; i < 10_000; i++) {
            store.write("key " + i, Change.put("value", Ttl.ofMillis(60_000 + i)));
        }

        time.advance(MINUTE.plusSeconds(12));

        assertThat(listener.keys(Kind.EXPIRED)).hasSize(10_000);
        assertThat(scheduled).hasValueLessThanOrEqualTo(12);
        assertThat(time.pendingTasks()).isZero();
    }

    @Test
    void earlierDeadlineMovesTheSweepForward() {
        Store<String, String> store = open(HeapStore.unbounded());
        store.write("late", Change.put("value", HOUR_TTL));
        store.write("early", Change.put("value", MINUTE_TTL));

        time.advance(MINUTE);

        assertThat(listener.keys(Kind.EXPIRED)).containsExactly("early");
    }

    @Test
    void entryWhoseDeadlineComesWhileItIsBeingStoredIsToldAllTheSame() {
        Timer hasty = (delayMillis, task, executor) -> {
            time.runAfter(delayMillis, task, executor);
            time.advance(Duration.ofMillis(delayMillis));
        };
        Store<String, String> store = open(HeapStore.unbounded(), time, hasty);

        store.write("put", Change.put("value", MINUTE_TTL));
        store.write("put if absent", Change.put("value", MINUTE_TTL).ifAbsent());
        Lease lease = store.lease("filled", null, MINUTE).requireLease();
        store.write("filled", Change.put("value", MINUTE_TTL).ifUnchanged(lease));
        store.write("touched", Change.put("value", Ttl.ETERNAL));
        store.readAndTouch("touched", MINUTE_TTL);

        time.advance(Duration.ofSeconds(1));
        assertThat(listener.keys(Kind.EXPIRED)).containsExactly("put", "put if absent", "filled", "touched");
    }

    @Test
    void eternalEntriesNeedNoTimer() {
        Store<String, String> store = open(HeapStore.unbounded());

        store.write("key", Change.put("value", Ttl.ETERNAL));
        store.write("key", Change.put("value", Ttl.UNCHANGED));
        store.readAndTouch("key", Ttl.ETERNAL);

        assertThat(time.pendingTasks()).isZero();
    }

    @Test
    void forgottenStoreIsCollectedThoughItsTimerStillRuns() {
        WeakReference<Store<String, String>> forgotten = forget(open(HeapStore.unbounded()));

        await().untilAsserted(() -> {
            System.gc();
            assertThat(forgotten.get()).isNull();
        });

        assertThat(time.pendingTasks()).isOne();
        time.advance(MINUTE);
        assertThat(time.pendingTasks()).isZero();
    }

    private static WeakReference<Store<String, String>> forget(Store<String, String> store) {
        store.write("key", Change.put("value", MINUTE_TTL));
        return new WeakReference<>(store);
    }

    // --- leases

    @Test
    void fillBegunBeforeItsLeaseLapsedDoesNotSurviveARemoveAfterAnotherLease() {
        AtomicReference<Runnable> meanwhile = new AtomicReference<>();
        Clock stalling = () -> {
            long reading = time.nanos();
            Runnable others = meanwhile.getAndSet(null);
            if (others != null) {
                others.run();
            }
            return reading;
        };
        Store<String, String> store = open(HeapStore.unbounded(), stalling, time);
        Lease lapsing = store.lease("key", null, MINUTE).requireLease();

        meanwhile.set(() -> {
            time.advance(MINUTE);
            store.lease("key", null, MINUTE).requireLease();
            store.write("key", Change.remove());
        });
        Outcome<String> fill =
                store.write("key", Change.put("stale", Ttl.ETERNAL).ifUnchanged(lapsing));

        assertThat(fill.effect()).isEqualTo(Effect.ABSENT);
        assertThat(store.read("key")).isNull();
    }

    // --- what a call costs

    /** A way to read a live entry. */
    enum Reading {
        READ((store, key) -> store.read(key)),
        READ_AND_TOUCH_UNCHANGED((store, key) -> store.readAndTouch(key, Ttl.UNCHANGED)),
        READ_AND_TOUCH((store, key) -> store.readAndTouch(key, HOUR_TTL));

        @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
        private final BiFunction<Store<String, String>, String, Entry<String>> call;

        Reading(BiFunction<Store<String, String>, String, Entry<String>> call) {
            this.call = call;
        }

        void of(Store<String, String> store) {
            if (call.apply(store, "key") == null) {
                throw new AssertionError("not found");
            }
        }
    }

    @Test
    void readingTheValueOfAnEternalEntryAllocatesNothing() {
        Store<String, String> store = open(HeapStore.unbounded());
        store.write("key", Change.put("value", Ttl.ETERNAL));

        assertThat(bytesAllocatedBy(() -> valueOf(store))).isZero();
    }

    @Test
    void readingTheValueOfAnEntryWithADeadlineAllocatesNothing() {
        Store<String, String> store = open(HeapStore.unbounded());
        store.write("key", Change.put("value", HOUR_TTL));

        assertThat(bytesAllocatedBy(() -> valueOf(store))).isZero();
    }

    private static void valueOf(Store<String, String> store) {
        if (store.readValue("key") == null) {
            throw new AssertionError("not found");
        }
    }

    @ParameterizedTest
    @EnumSource
    void readingAnEntryWithADeadlineAllocatesNothing(Reading reading) {
        Store<String, String> store = open(HeapStore.unbounded());
        store.write("key", Change.put("value", HOUR_TTL));

        assertThat(bytesAllocatedBy(() -> reading.of(store))).isZero();
    }

    /** Returns the bytes that a call allocates once it is warm, so that what the JVM does on its own does not count. */
    private static long bytesAllocatedBy(Runnable call) {
        assumeTrue(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean, "the JVM does not count bytes");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        long end = Clock.system().nanos() + WARMING.toNanos();
        for (int round = 0; least > 0 && (round < 20 || Clock.system().nanos() < end); round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                call.run();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    @Test
    void eternalStoreNeverReadsTheClock() {
        AtomicInteger readings = new AtomicInteger();
        Store<String, String> store = open(HeapStore.unbounded(), counting(readings), time);

        store.write("key", Change.put("value", Ttl.ETERNAL));
        store.write("key", Change.put("new", Ttl.ETERNAL).returningPrevious());
        store.write("key", Change.put("new", Ttl.ETERNAL).ifAbsent());
        store.write("key", Change.put("newer", Ttl.UNCHANGED).ifPresent());
        store.read("key");
        store.readAndTouch("key", Ttl.UNCHANGED);
        store.readAll(Set.of("key", "absent"), Ttl.UNCHANGED);
        store.write("key", Change.<String>remove().ifValue("newer"));

        assertThat(readings).hasValue(0);
    }

    /** A call on a store with an entry that has a deadline. */
    enum Call {
        READ(store -> store.read("key")),
        READ_OF_AN_ABSENT_KEY(store -> store.read("absent")),
        READ_AND_TOUCH(store -> store.readAndTouch("key", HOUR_TTL)),
        READ_ALL(store -> store.readAll(Set.of("key", "other", "absent"), Ttl.UNCHANGED)),
        READ_ALL_AND_TOUCH(store -> store.readAll(Set.of("key", "other", "absent"), HOUR_TTL)),
        PUT(store -> store.write("key", Change.put("new", MINUTE_TTL))),
        PUT_OF_AN_EARLIER_DEADLINE(store -> store.write("key", Change.put("new", Ttl.ofMillis(1)))),
        PUT_RETURNING_PREVIOUS(
                store -> store.write("key", Change.put("new", HOUR_TTL).returningPrevious())),
        PUT_IF_ABSENT(store -> store.write("absent", Change.put("new", HOUR_TTL).ifAbsent())),
        PUT_IF_VALUE(store -> store.write("key", Change.put("new", HOUR_TTL).ifValue("value"))),
        PUT_UNCHANGED(store -> store.write("key", Change.put("new", Ttl.UNCHANGED))),
        MISMATCH(store -> store.write(
                "key", Change.put("new", HOUR_TTL).ifValue("another").onMismatchTouch(HOUR_TTL))),
        REMOVE(store -> store.write("key", Change.remove())),
        TOUCH(store -> store.write("key", Change.touch(Ttl.ofMillis(1)))),
        LEASE(store -> store.lease("absent", null, MINUTE));

        @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
        private final Consumer<Store<String, String>> call;

        Call(Consumer<Store<String, String>> call) {
            this.call = call;
        }
    }

    @ParameterizedTest
    @EnumSource
    void callReadsTheClockAtMostOnce(Call call) {
        AtomicInteger readings = new AtomicInteger();
        Store<String, String> store = open(HeapStore.unbounded(), counting(readings), time);
        store.write("key", Change.put("value", HOUR_TTL));
        store.write("other", Change.put("value", HOUR_TTL));
        readings.set(0);

        call.call.accept(store);

        assertThat(readings).hasValueLessThanOrEqualTo(1);
    }

    private Clock counting(AtomicInteger readings) {
        return () -> {
            readings.incrementAndGet();
            return time.nanos();
        };
    }

    private Store<String, String> open(StoreFactory factory) {
        return open(factory, time, time);
    }

    private Store<String, String> open(StoreFactory factory, Clock clock, Timer timer) {
        Executor direct = Runnable::run;
        Store<String, String> store = factory.open(StoreContext.of("test", String.class, String.class)
                .withTime(clock, timer)
                .withExecutor(direct));
        store.listen(listener);
        return store;
    }
}
