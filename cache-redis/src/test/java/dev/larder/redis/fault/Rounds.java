package dev.larder.redis.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.redis.Stalls;
import dev.larder.redis.Stalls.Span;
import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.StoreException;
import dev.larder.store.Ttl;
import dev.larder.store.guard.GuardedStore;
import dev.larder.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;

/** Calls of a guarded store before, in and after a fault, and what they must keep to. */
final class Rounds {

    private static final int CALLS_WHILE_OPEN = 500;

    private final GuardedStore<String, String> store;
    private final IntFunction<String> keys;
    private int calls;
    private long stallNanos;

    /** The calls of this round before the breaker opened, and since then. */
    private final List<Span> closed = new ArrayList<>();

    private final List<Span> whileOpen = new ArrayList<>();

    private final List<Long> closedNanos = new ArrayList<>();
    private final List<Long> whileOpenNanos = new ArrayList<>();
    private long longestWhileOpenNanos;
    private long longestRecoveryMillis;

    Rounds(GuardedStore<String, String> store, IntFunction<String> keys) {
        this.store = store;
        this.keys = keys;
    }

    /** Lets a fault come and go. */
    void round(Runnable begin, Runnable end) {
        await().atMost(Duration.ofSeconds(60)).until(this::serves);
        begin.run();
        Stalls stalls = new Stalls();
        try (stalls) {
            // each call is for another key: one whose last change is open is not even asked for
            await().atMost(Duration.ofSeconds(60)).pollDelay(Duration.ZERO).until(() -> {
                closed.add(timeOfCall(calls++));
                return store.status().breakerOpen();
            });
            callWhileOpen();
        } finally {
            end.run();
        }
        judge(stalls);
        awaitRecovery();
    }

    /** A call is excused by the stalls of its own round. */
    private void judge(Stalls stalls) {
        stallNanos = Math.max(stallNanos, stalls.longestNanos());
        closed.forEach(call -> closedNanos.add(Bounds.nanosWithoutStall(call, stalls)));
        whileOpen.forEach(call -> {
            whileOpenNanos.add(call.nanos());
            longestWhileOpenNanos = Math.max(longestWhileOpenNanos, Bounds.nanosWithoutStall(call, stalls));
        });
        closed.clear();
        whileOpen.clear();
    }

    /** The breaker lets one call pass from time to time, which waits for its deadline; that is less than one of a hundred. */
    private void callWhileOpen() {
        for (int i = 0; i < CALLS_WHILE_OPEN; i++) {
            whileOpen.add(timeOfCall(i));
        }
    }

    /** Returns when a call was made. */
    private Span timeOfCall(int number) {
        return Span.of(() -> call(number));
    }

    /** One of three is a write. */
    private void call(int number) {
        try {
            if (number % 3 == 0) {
                store.write(
                        keys.apply(number),
                        Change.put("value", Ttl.ofMillis(60_000)).orInvalidate());
            } else {
                store.read(keys.apply(number));
            }
        } catch (StoreException e) {
            throw new AssertionError("a cache that degrades does not fail", e);
        }
    }

    private void awaitRecovery() {
        long healed = Clock.system().millis();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(this::serves);
        longestRecoveryMillis = Math.max(longestRecoveryMillis, Clock.system().millis() - healed);
    }

    private boolean serves() {
        String key = keys.apply(1);
        store.write(key, Change.put("there", Ttl.ofMillis(60_000)).orInvalidate());
        Entry<String> entry = store.read(key);
        return entry != null && entry.value().equals("there");
    }

    void assertKept(String fault) {
        long longestNanos = fromTheTop(closedNanos, Bounds.spared());
        long openMicros = fromTheTop(whileOpenNanos, whileOpenNanos.size() * Bounds.fewWhileOpen() / 100) / 1_000;
        System.getLogger(Rounds.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "{0}: the longest call, without its stall, {1} ms (a thread that does nothing {2} ms); but for {5} % while the breaker was open {3} us; recovery {4} ms",
                        fault,
                        longestNanos / 1_000_000,
                        stallNanos / 1_000_000,
                        openMicros,
                        longestRecoveryMillis,
                        Bounds.fewWhileOpen());
        assertThat(longestNanos / 1_000_000)
                .as("the longest call but for %d, without what the machine had no time for, in ms", Bounds.spared())
                .isLessThanOrEqualTo(Bounds.call().toMillis());
        assertThat(Math.max(fromTheTop(closedNanos, 0), longestWhileOpenNanos) / 1_000_000)
                .as("the longest call of all, without what the machine had no time for, in ms")
                .isLessThanOrEqualTo(Bounds.anyCall().toMillis());
        assertThat(openMicros)
                .as("calls while the breaker is open but for a few, in us")
                .isLessThanOrEqualTo(Bounds.whileOpen().toNanos() / 1_000);
        assertThat(longestRecoveryMillis)
                .as("how long calls failed after the fault, in ms")
                .isLessThanOrEqualTo(Bounds.recovery().toMillis());
    }

    /** Returns the greatest but for some, and zero if there are no more. */
    private static long fromTheTop(List<Long> nanos, int spared) {
        return nanos.stream()
                .sorted(Comparator.reverseOrder())
                .skip(spared)
                .findFirst()
                .orElse(0L);
    }
}
