package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Outcome;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.StoreListener;
import dev.larder.store.Ttl;
import dev.larder.testkit.RecordingStoreListener.News;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

// Over 400 lines: one test after another, all of one rule, with the few words they share.
/** That for one key all changes happen one after the other, shown by races whose result is known. */
@Tag("race")
abstract class AtomicityContract extends StoreFixture {

    private static final String KEY = "key";
    private static final int THREADS = 8;

    AtomicityContract(StoreContract contract) {
        super(contract);
    }

    @Test
    void incrementsIfUnchangedLoseNone() throws Exception {
        int rounds = contract.rounds(2_000);
        put(KEY, "0");

        Race.of(THREADS).run(thread -> {
            for (int i = 0; i < rounds; i++) {
                incrementIfUnchanged();
            }
        });

        assertThat(valueOf(KEY)).isEqualTo(String.valueOf(THREADS * rounds));
    }

    @Test
    void incrementsIfUnchangedLoseNoneThoughOthersTouchTheEntry() throws Exception {
        int rounds = contract.rounds(2_000);
        put(KEY, "0");

        Race.of(THREADS).run(thread -> {
            for (int i = 0; i < rounds; i++) {
                if (thread % 2 == 0) {
                    incrementIfUnchanged();
                } else {
                    store.readAndTouch(KEY, i % 2 == 0 ? LONG_TTL : Ttl.ETERNAL);
                }
            }
        });

        assertThat(valueOf(KEY)).isEqualTo(String.valueOf(THREADS / 2 * rounds));
    }

    private void incrementIfUnchanged() {
        for (; ; ) {
            Entry<String> entry = readLive(KEY);
            String next = String.valueOf(Integer.parseInt(entry.value()) + 1);
            if (store.write(KEY, Change.put(next, Ttl.ETERNAL).ifUnchanged(entry))
                    .isApplied()) {
                return;
            }
        }
    }

    @Test
    void incrementsIfValueLoseNone() throws Exception {
        int rounds = contract.rounds(2_000);
        put(KEY, "0");

        Race.of(THREADS).run(thread -> {
            for (int i = 0; i < rounds; i++) {
                incrementIfValue();
            }
        });

        assertThat(valueOf(KEY)).isEqualTo(String.valueOf(THREADS * rounds));
    }

    private void incrementIfValue() {
        for (; ; ) {
            String value = readLive(KEY).value();
            String next = String.valueOf(Integer.parseInt(value) + 1);
            if (store.write(KEY, Change.put(next, LONG_TTL).ifValue(value)).isApplied()) {
                return;
            }
        }
    }

    @Test
    void exactlyOnePutIfAbsentWins() throws Exception {
        assertOneWinner((key, thread) -> store.write(
                        key, Change.put("by " + thread, Ttl.ETERNAL).ifAbsent())
                .isApplied());
    }

    @Test
    void exactlyOnePutIfAbsentWinsOverAnExpiredEntry() throws Exception {
        int rounds = contract.rounds(200);
        for (int i = 0; i < rounds; i++) {
            put("key " + i, "old", shortTtl);
        }
        advanceUnswept(ttl);

        assertOneWinner(
                rounds,
                (key, thread) -> store.write(
                                key, Change.put("by " + thread, Ttl.ETERNAL).ifAbsent())
                        .isApplied());
    }

    @Test
    void exactlyOneRemoveWins() throws Exception {
        int rounds = putKeys(contract.rounds(1_000));

        assertOneWinner(rounds, (key, thread) -> remove(key).effect() == Effect.REMOVED);
    }

    @Test
    void exactlyOneRemoveIfValueWins() throws Exception {
        int rounds = putKeys(contract.rounds(1_000));

        assertOneWinner(
                rounds,
                (key, thread) -> store.write(key, Change.<String>remove().ifValue("value"))
                        .isApplied());
    }

    @Test
    void exactlyOneRemoveReturnsTheEntry() throws Exception {
        int rounds = putKeys(contract.rounds(1_000));

        assertOneWinner(
                rounds,
                (key, thread) -> store.write(key, Change.<String>remove().returningPrevious())
                                .previous()
                        != null);
    }

    @Test
    void exactlyOneReplaceOfAValueWins() throws Exception {
        int rounds = putKeys(contract.rounds(1_000));

        assertOneWinner(
                rounds,
                (key, thread) -> store.write(
                                key, Change.put("by " + thread, Ttl.ETERNAL).ifValue("value"))
                        .isApplied());
    }

    @Test
    void exactlyOneTouchTakesTheEntryAway() throws Exception {
        int rounds = putKeys(contract.rounds(1_000));

        assertOneWinner(
                rounds,
                (key, thread) ->
                        store.write(key, Change.<String>touch(Ttl.EXPIRED).tellingEffect())
                                        .effect()
                                == Effect.TOUCHED);
    }

    private int putKeys(int count) {
        for (int i = 0; i < count; i++) {
            put("key " + i, "value");
        }
        return count;
    }

    /** Something that many threads try on one key and that only one of them can achieve. */
    private interface Attempt {
        boolean succeeds(String key, int thread);
    }

    private void assertOneWinner(Attempt attempt) throws Exception {
        assertOneWinner(contract.rounds(1_000), attempt);
    }

    private void assertOneWinner(int rounds, Attempt attempt) throws Exception {
        AtomicInteger[] winners = new AtomicInteger[rounds];
        for (int i = 0; i < rounds; i++) {
            winners[i] = new AtomicInteger();
        }

        CyclicBarrier nextTen = new CyclicBarrier(THREADS);
        Race.of(THREADS).run(thread -> {
            for (int i = 0; i < rounds; i++) {
                if (i % 10 == 0) {
                    nextTen.await();
                }
                if (attempt.succeeds("key " + i, thread)) {
                    winners[i].incrementAndGet();
                }
            }
        });

        assertThat(winners).allSatisfy(count -> assertThat(count).hasValue(1));
    }

    @Test
    void everyValuePutIsThePreviousOfExactlyOneOther() throws Exception {
        int rounds = contract.rounds(2_000);
        Queue<String> previous = new ConcurrentLinkedQueue<>();
        put(KEY, "first");

        Race.of(THREADS).run(thread -> {
            for (int i = 0; i < rounds; i++) {
                Change<String> put = Change.put(thread + ":" + i, Ttl.ETERNAL).returningPrevious();
                previous.add(
                        Objects.requireNonNull(store.write(KEY, put).previous()).value());
            }
        });
        previous.add(readLive(KEY).value());

        assertThat(previous).hasSize(THREADS * rounds + 1).doesNotHaveDuplicates();
    }

    @Test
    void readerNeverGoesBack() throws Exception {
        int rounds = contract.rounds(5_000);
        AtomicBoolean done = new AtomicBoolean();
        put(KEY, "0");

        Race.of(4).run(thread -> {
            if (thread == 0) {
                for (int i = 1; i <= rounds; i++) {
                    put(KEY, String.valueOf(i), i % 2 == 0 ? Ttl.ETERNAL : LONG_TTL);
                }
                done.set(true);
            }
            for (int last = 0; !done.get(); ) {
                int read = Integer.parseInt(readLive(KEY).value());
                assertThat(read).isGreaterThanOrEqualTo(last);
                last = read;
            }
        });
    }

    @Test
    void touchIsNotLostToAPutThatKeepsTheDeadline() throws Exception {
        reopenStore(usual -> usual.withNeedsDeadline(true));
        Ttl soon = Ttl.of(Duration.ofMinutes(5)); // and later than any pause of the machine ends
        int rounds = contract.rounds(5_000);
        CyclicBarrier start = new CyclicBarrier(2);
        CyclicBarrier end = new CyclicBarrier(2, () -> {
            assertThat(readLive(KEY).remainingMillis())
                    .isGreaterThan(Duration.ofMinutes(10).toMillis());
            put(KEY, "value", soon);
        });
        put(KEY, "value", soon);

        Race.of(2).run(thread -> {
            for (int i = 0; i < rounds; i++) {
                start.await();
                if (thread == 0) {
                    store.readAndTouch(KEY, LONG_TTL);
                } else {
                    put(KEY, "new", Ttl.UNCHANGED);
                }
                end.await();
            }
        });
    }

    @Test
    void removeIsNotUndoneByATouch() throws Exception {
        int rounds = contract.rounds(5_000);
        CyclicBarrier start = new CyclicBarrier(2);
        CyclicBarrier end = new CyclicBarrier(2, () -> {
            assertThat(valueOf(KEY)).isNull();
            put(KEY, "value");
        });
        put(KEY, "value");

        Race.of(2).run(thread -> {
            for (int i = 0; i < rounds; i++) {
                start.await();
                if (thread == 0) {
                    store.readAndTouch(KEY, LONG_TTL);
                } else {
                    assertThat(remove(KEY).effect()).isEqualTo(Effect.REMOVED);
                }
                end.await();
            }
        });
    }

    /**
     * Eight threads put, touch and remove entries of a few milliseconds while time passes, and keep the books: every value
     * that was stored ends exactly once, as the previous of a change or as an expired entry, and nobody sees it afterwards.
     */
    @Test
    void everyEntryEndsExactlyOnceWhileWritesAndTouchesRaceItsExpiry() throws Exception {
        assumeTellsValues();
        Books books = new Books();
        store = openOther(String.class);
        store.listen(books);
        int rounds = contract.rounds(20_000);
        long begun = time.millis();
        AtomicInteger atWork = new AtomicInteger(THREADS - 1);

        Race.of(THREADS).run(thread -> {
            if (thread == 0) {
                while (atWork.get() > 0) {
                    contract.advance(store, ONE_MILLI);
                }
                return;
            }
            try {
                SplittableRandom random = new SplittableRandom(thread);
                for (int i = 0; i < rounds; i++) {
                    books.changeSomething("key " + random.nextInt(4), thread + ":" + i, random);
                }
            } finally {
                atWork.decrementAndGet();
            }
        });
        books.removeAll();
        // a thread may have been held up between its look at the clock and its call of the timer, so long at most
        time.advance(Duration.ofMillis(time.millis() - begun));
        settle();

        eventually(
                () -> assertThat(books.endless()).as("entries without an end").isEmpty());
        books.ends.values().removeIf(times -> times == 1);
        assertThat(books.ends).as("entries that ended more than once").isEmpty();
    }

    /** Which values were stored, and how often each was said to have ended. */
    private final class Books implements StoreListener<String, String> {

        final Map<String, Boolean> stored = new ConcurrentHashMap<>();
        final Map<String, Integer> ends = new ConcurrentHashMap<>();
        private final Map<String, Long> endedAt = new ConcurrentHashMap<>();
        private final AtomicLong moment = new AtomicLong();

        void changeSomething(String key, String value, SplittableRandom random) {
            Ttl ttl = Ttl.ofMillis(random.nextInt(1, 6));
            switch (random.nextInt(8)) {
                case 0, 1 ->
                    record(value, store.write(key, Change.put(value, ttl).returningPrevious()));
                case 2 ->
                    record(
                            value,
                            store.write(key, Change.put(value, ttl).ifAbsent().returningPrevious()));
                case 3 ->
                    record(
                            value,
                            store.write(
                                    key, Change.put(value, ttl, Ttl.UNCHANGED).returningPrevious()));
                case 4 ->
                    record(null, store.write(key, Change.<String>touch(ttl).returningPrevious()));
                case 5 -> look(() -> store.readAndTouch(key, ttl));
                case 6 -> look(() -> store.read(key));
                default ->
                    record(
                            null,
                            random.nextBoolean()
                                    ? store.write(key, Change.<String>remove().returningPrevious())
                                    : store.write(
                                            key,
                                            Change.<String>touch(Ttl.EXPIRED).returningPrevious()));
            }
        }

        private void record(@Nullable String value, Outcome<String> outcome) {
            if (outcome.effect() == Effect.CREATED || outcome.effect() == Effect.UPDATED) {
                stored.put(Objects.requireNonNull(value), true);
            }
            if (outcome.effect() == Effect.UPDATED || outcome.effect() == Effect.REMOVED) {
                ended(Objects.requireNonNull(outcome.previous()));
            }
            if (outcome.expired() != null) {
                ended(outcome.expired());
            }
        }

        private void look(Supplier<@Nullable Entry<String>> reading) {
            long before = moment.get();
            Entry<String> entry = reading.get();
            if (entry != null) {
                assertThat(endedAt.getOrDefault(entry.value(), Long.MAX_VALUE))
                        .as("the moment at which %s ended, read after", entry.value())
                        .isGreaterThan(before);
            }
        }

        private void ended(Entry<String> entry) {
            ends.merge(entry.value(), 1, Integer::sum);
            endedAt.put(entry.value(), moment.incrementAndGet());
        }

        void removeAll() {
            for (int i = 0; i < 4; i++) {
                record(null, store.write("key " + i, Change.<String>remove().returningPrevious()));
            }
        }

        Set<String> endless() {
            Set<String> left = new HashSet<>(stored.keySet());
            left.removeAll(ends.keySet());
            return left;
        }

        @Override
        public void expired(String key, @Nullable Entry<String> entry) {
            ended(Objects.requireNonNull(entry));
        }

        @Override
        public void evicted(String key) {
            throw new AssertionError("evicted: " + new News<>(RecordingStoreListener.Kind.EVICTED, key, null));
        }

        @Override
        public void invalidated(String key) {
            throw new AssertionError("invalidated: " + key);
        }
    }
}
