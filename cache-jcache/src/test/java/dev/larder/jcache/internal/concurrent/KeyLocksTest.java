package dev.larder.jcache.internal.concurrent;

import static dev.larder.jcache.concurrency.Crew.A_SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.jcache.concurrency.Crew;
import dev.larder.jcache.concurrency.Holdup;
import dev.larder.jcache.concurrency.Stress;
import dev.larder.jcache.concurrency.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.cache.CacheException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(600)
class KeyLocksTest {

    @RegisterExtension
    final Crew crew = new Crew();

    private final KeyLocks<String, String> locks = new KeyLocks<>("users", new Heard<>());

    @AfterEach
    void nothingIsLeftInTheTable() {
        await().atMost(Crew.SOON).untilAsserted(() -> assertThat(locks.size()).isZero());
    }

    /** Locks keys on a thread of its own until the test lets go. */
    private Holding hold(String... keys) {
        Holdup holdup = new Holdup();
        Task<Void> task = crew.run(() -> {
            try (Holds<String, String> held = locks.lockAll(List.of(keys))) {
                holdup.stay();
            }
        });
        return new Holding(holdup, task);
    }

    private record Holding(Holdup holdup, Task<Void> task) {

        Holding awaitHeld() {
            holdup.awaitReached();
            return this;
        }

        void letGo() {
            holdup.release();
            task.get();
        }
    }

    @Test
    void lockIsHeldUntilItIsLetGo() {
        Holding first = hold("k").awaitHeld();
        Holding second = hold("k");
        second.task().awaitWaiting();
        Holding third = hold("k");
        third.task().awaitWaiting();
        assertThat(locks.size()).isEqualTo(1);

        first.letGo();
        second.letGo();
        third.letGo();
    }

    @Test
    void keysWithOneHashCodeHaveLocksOfTheirOwn() {
        Holding first = hold("AaAa").awaitHeld();

        Stream.of("AaBB", "BBAa", "BBBB").forEach(key -> hold(key).awaitHeld().letGo());

        first.letGo();
    }

    @Test
    void lockThatItsThreadHoldsIsAnErrorThatNamesTheCache() {
        try (Hold<String, String> held = locks.lock("k")) {
            assertThatThrownBy(() -> locks.lock("k"))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContaining("cache \"users\"")
                    .hasMessageContaining("use the entry that it was given");
            assertThatThrownBy(() -> locks.lockAll(List.of("j", "k", "l"))).isInstanceOf(CacheException.class);
            hold("j", "l").awaitHeld().letGo();
            assertThat(locks.isHeldByThisThread("k")).isTrue();
            assertThat(locks.isHeldByThisThread("j")).isFalse();
            assertThat(crew.start(() -> locks.isHeldByThisThread("k")).get()).isFalse();
            Task<Void> stillOut = crew.run(() -> locks.lock("k").close());
            stillOut.awaitWaiting();
        }
    }

    @Test
    void circleOfTwoIsAnErrorWithinASecond() {
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);
        Task<Void> forwards = crew.run(() -> lockBoth(bothHoldOne, "a", "b"));
        Task<Void> backwards = crew.run(() -> lockBoth(bothHoldOne, "b", "a"));

        assertThat(Stream.of(forwards.failure(A_SECOND), backwards.failure(A_SECOND)))
                .filteredOn(failure -> failure != null)
                .isNotEmpty()
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(CacheException.class)
                        .hasMessageContaining("cache \"users\"")
                        .hasMessageContaining("deadlock avoided"));
    }

    private void lockBoth(CyclicBarrier bothHoldOne, String first, String second) {
        try (Hold<String, String> one = locks.lock(first)) {
            Crew.await(bothHoldOne);
            locks.lock(second).close();
        }
    }

    @Test
    void interruptedWaiterIsFreedWithItsFlagSet() {
        Holding holding = hold("k").awaitHeld();
        Task<Boolean> waiter = crew.start(() -> {
            assertThatThrownBy(() -> locks.lock("k"))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContaining("cache \"users\"")
                    .hasCauseInstanceOf(InterruptedException.class);
            return Thread.currentThread().isInterrupted();
        });
        waiter.awaitWaiting();

        waiter.interrupt();

        assertThat(waiter.get()).isTrue();
        holding.letGo();
    }

    @Test
    void interruptedLockAllLetsGoOfWhatItHad() {
        Holding holding = hold("c").awaitHeld();
        for (List<String> keys : List.of(List.of("a", "b", "c"), List.of("c", "b", "a"), List.of("Aa", "c", "BB"))) {
            Task<Void> waiter = crew.run(() -> locks.lockAll(keys));
            waiter.awaitWaiting();

            waiter.interrupt();

            assertThat(waiter.failure()).hasCauseInstanceOf(InterruptedException.class);
            hold("a", "b", "Aa", "BB").awaitHeld().letGo();
        }
        holding.letGo();
    }

    @Test
    void lockAllLetsGoOfWhatItHadWhenAKeyFails() {
        KeyLocks<Object, String> ofObjects = new KeyLocks<>("users", new Heard<>());
        Object broken = new Object() {
            @Override
            public int hashCode() {
                throw new IllegalStateException("no hash code");
            }
        };

        assertThatThrownBy(() -> ofObjects.lockAll(List.of("a", broken))).isInstanceOf(IllegalStateException.class);

        assertThat(ofObjects.size()).isZero();
    }

    /** Who lets go sees somebody waiting and leaves the lock to him, who is interrupted just then and does not want it. */
    @Test
    void interruptionWhileTheLockIsLetGoLeavesNothingInTheTable() {
        for (int i = 0; i < Stress.rounds(200, 50_000); i++) {
            Holding holding = hold("k").awaitHeld();
            Task<Void> waiter = crew.run(() -> locks.lock("k").close());
            waiter.awaitWaiting();

            waiter.interrupt();
            holding.letGo();
            waiter.failure();

            assertThat(locks.size()).as("round %s", i).isZero();
        }
    }

    @Test
    void lockAllInAnyOrderAndWithEqualHashCodesNeverDeadlocks() {
        List<String> keys = List.of("AaAa", "AaBB", "BBAa", "BBBB", "Aa", "BB", "x");
        Map<String, Thread> owners = new ConcurrentHashMap<>();
        int rounds = Stress.rounds(5_000, 500_000);

        crew.race(4, thread -> {
            Random random = new Random(thread);
            for (int i = 0; i < rounds; i++) {
                Collection<String> some = someOf(keys, random);
                try (Holds<String, String> held = locks.lockAll(some)) {
                    for (String key : some) {
                        assertThat(owners.put(key, Thread.currentThread())).isNull();
                    }
                    some.forEach(owners::remove);
                }
            }
        });
    }

    private static Collection<String> someOf(List<String> keys, Random random) {
        List<String> shuffled = new ArrayList<>(keys);
        Collections.shuffle(shuffled, random);
        return new LinkedHashSet<>(shuffled.subList(0, 1 + random.nextInt(keys.size())));
    }

    @Test
    void lockAllOfKeysWithOneHashCodeHoldsUpNoOtherSuch() {
        Holding first = hold("Aa", "BB").awaitHeld();
        Holding waiting = hold("BB", "Aa", "C#");
        waiting.task().awaitWaiting();

        hold("AaAa", "BBBB").awaitHeld().letGo();

        first.letGo();
        waiting.letGo();
    }

    @Test
    void onlyOneThreadAtATimeHasALock() {
        int rounds = Stress.rounds(20_000, 2_000_000);
        int[] unguarded = new int[3];
        AtomicInteger expected = new AtomicInteger();

        crew.race(4, thread -> {
            Random random = new Random(thread);
            for (int i = 0; i < rounds; i++) {
                int key = random.nextInt(unguarded.length);
                try (AutoCloseable held = i % 10 == 0 ? locks.lockAll(Set.of("k" + key)) : locks.lock("k" + key)) {
                    unguarded[key]++;
                }
                expected.incrementAndGet();
            }
        });

        assertThat(unguarded[0] + unguarded[1] + unguarded[2]).isEqualTo(expected.get());
    }
}
