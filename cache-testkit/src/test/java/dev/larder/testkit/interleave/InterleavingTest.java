package dev.larder.testkit.interleave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class InterleavingTest {

    private static final boolean STRESS = Boolean.getBoolean("larder.stress");
    private static final long SEED = 7;

    private final List<String> steps = new ArrayList<>();

    @Test
    void seedRepeatsItsSchedule() {
        List<String> first = scheduleOf(SEED);

        List<String> second = scheduleOf(SEED);

        assertThat(second).isEqualTo(first).hasSize(9);
    }

    @Test
    void seedsMakeDifferentSchedules() {
        Set<List<String>> schedules = new HashSet<>();

        for (int seed = 0; seed < 100; seed++) {
            schedules.add(scheduleOf(seed));
        }

        assertThat(schedules).hasSizeGreaterThan(90);
    }

    private List<String> scheduleOf(long seed) {
        Interleaving run = Interleaving.ofSeed(seed);
        for (String name : List.of("a", "b", "c")) {
            run.actor(name, () -> {
                run.point("first");
                run.point("second");
            });
        }
        run.play();
        return run.schedule();
    }

    @Test
    void scheduleIsTheOrderInWhichThingsHappened() {
        Interleaving run = Interleaving.ofSeed(SEED);
        run.actor("a", () -> twoSteps(run, "a"));
        run.actor("b", () -> twoSteps(run, "b"));

        run.play();

        assertThat(steps).isEqualTo(run.schedule());
    }

    /** Writes a step down when it is taken, without any lock: only one actor goes on at a time. */
    private void twoSteps(Interleaving run, String name) {
        steps.add(name + "@start");
        run.point("half");
        steps.add(name + "@half");
    }

    @Test
    void seedRepeatsItsScheduleAlsoIfActorsWaitForLocks() {
        Map<List<String>, Integer> schedules = new HashMap<>();
        for (int round = 0; round < 20; round++) {
            schedules.merge(scheduleWithLock(SEED), 1, Integer::sum);
        }

        // a machine may let an actor that was woken sleep for so long that it counts as waiting for something else
        assertThat(Collections.max(schedules.values()))
                .as(schedules::toString)
                .isGreaterThanOrEqualTo(STRESS ? 17 : 10);
    }

    private static List<String> scheduleWithLock(long seed) {
        Interleaving run = Interleaving.ofSeed(seed);
        ReentrantLock lock = new ReentrantLock();
        for (String name : List.of("a", "b", "c")) {
            run.actor(name, () -> {
                run.point("outside");
                lock.lock();
                try {
                    run.point("inside");
                } finally {
                    lock.unlock();
                }
                run.point("behind");
            });
        }
        run.play();
        return run.schedule();
    }

    @Test
    void actorsThatWaitForAMonitorLetOthersGoOn() {
        Interleavings.ofSeeds(20).check(run -> {
            Object monitor = new Object();
            steps.clear();
            for (String name : List.of("a", "b")) {
                run.actor(name, () -> {
                    synchronized (monitor) {
                        steps.add(name + " in");
                        run.point("inside");
                        steps.add(name + " out");
                    }
                });
            }

            run.play();

            assertThat(steps)
                    .isIn(List.of("a in", "a out", "b in", "b out"), List.of("b in", "b out", "a in", "a out"));
        });
    }

    @Test
    void actorThatLooksAgainAndAgainLetsOthersGoOn() {
        Interleavings.ofSeeds(10).check(run -> {
            AtomicBoolean open = new AtomicBoolean();
            run.actor("opener", () -> {
                run.point("before opening");
                open.set(true);
            });
            run.actor("looker", () -> {
                while (!open.get()) {
                    LockSupport.parkNanos(1_000);
                }
            });

            run.play();

            assertThat(run.schedule()).contains("opener@before opening");
        });
    }

    @Test
    void threadThatIsNoActorPassesPoints() {
        Interleaving run = Interleaving.ofSeed(SEED);
        run.actor("a", () -> {
            Thread other = new Thread(() -> run.point("elsewhere"));
            other.start();
            other.join();
        });

        run.play();

        assertThat(run.schedule()).containsExactly("a@start");
    }

    @Test
    void deadlockIsShownWithScheduleAndStacksAndEndsItsThreads() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Interleaving run = Interleaving.ofSeed(SEED);
        run.patience(Duration.ofSeconds(4)); // a busy machine may need some for a step
        run.actor("a", () -> {
            run.point("before waiting");
            try {
                never.await();
            } finally {
                interrupted.countDown();
            }
        });

        assertThatThrownBy(run::play)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no actor came to a point within 4000 ms")
                .hasMessageContaining("a is WAITING since it stood at \"before waiting\"")
                .hasMessageContaining("CountDownLatch.await")
                .hasMessageContaining("schedule: a@start, a@before waiting")
                .hasMessageContaining("Interleaving.ofSeed(7L)");
        assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatAnActorThrowsIsAFailureOfTheRun() {
        Interleaving run = Interleaving.ofSeed(SEED);
        IOException failure = new IOException("no luck");
        run.actor("a", () -> {
            throw failure;
        });
        run.actor("b", () -> run.point("on its way"));

        assertThatThrownBy(run::play)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("actor a failed")
                .hasCause(failure);
        assertThat(run.schedule()).contains("b@on its way");
    }

    @Test
    void crashEndsAnActorAtItsPoint() {
        Interleaving run = Interleaving.ofSeed(SEED);
        run.actor("a", () -> {
            run.point("one");
            steps.add("one");
            run.point("two");
            steps.add("two");
        });
        run.crash("a", 2);

        run.play();

        assertThat(steps).containsExactly("one");
        assertThat(run.hasCrashed("a")).isTrue();
        assertThat(run.schedule()).containsExactly("a@start", "a@one", "a@two");
    }

    @Test
    void theDeadCleanUpNothingByWayOfPoints() {
        Interleaving run = Interleaving.ofSeed(SEED);
        run.actor("a", () -> {
            try {
                run.point("in the middle");
            } finally {
                run.point("before cleaning up");
                steps.add("cleaned up");
            }
        });
        run.crash("a", 1);

        run.play();

        assertThat(steps).isEmpty();
    }

    @Test
    void crashThatIsWrappedIsNoFailure() {
        Interleaving run = Interleaving.ofSeed(SEED);
        run.actor("a", () -> {
            try {
                run.point("in the middle");
            } catch (Throwable e) {
                throw new IllegalStateException("wrapped", e);
            }
        });
        run.crash("a", 1);

        assertThatCode(run::play).doesNotThrowAnyException();
    }

    @Test
    void crashBehindTheLastPointDoesNotHappen() {
        Interleaving run = Interleaving.ofSeed(SEED);
        run.actor("a", () -> run.point("only"));
        run.crash("a", 2);

        run.play();

        assertThat(run.hasCrashed("a")).isFalse();
    }

    @Test
    void interruptOfAnActorWaitsForItBehindThePoint() {
        AtomicReference<Thread> sleeper = new AtomicReference<>();
        AtomicBoolean seen = new AtomicBoolean();
        Interleavings.ofSeeds(10).check(run -> {
            sleeper.set(null);
            run.actor("sleeper", () -> {
                sleeper.set(Thread.currentThread());
                run.point("asleep");
                seen.set(Thread.interrupted());
            });
            run.actor("waker", () -> {
                run.point("before waking");
                if (sleeper.get() != null) {
                    sleeper.get().interrupt();
                }
            });

            run.play();

            int asleep = run.schedule().indexOf("sleeper@asleep");
            int woken = run.schedule().indexOf("waker@before waking");
            int started = run.schedule().indexOf("sleeper@start");
            assertThat(seen.get()).isEqualTo(started < woken && woken < asleep);
        });
    }

    @Test
    void runWithoutActorsIsOverAtOnce() {
        Interleaving run = Interleaving.ofSeed(SEED);

        run.play();

        assertThat(run.schedule()).isEmpty();
    }

    @Test
    void runIsPlayedOnce() {
        Interleaving run = Interleaving.ofSeed(SEED);
        run.play();

        assertThatIllegalStateException().isThrownBy(run::play).withMessageContaining("make another");
        assertThatIllegalStateException().isThrownBy(() -> run.actor("late", () -> {}));
    }

    @Test
    void wrongArgumentsAreRefused() {
        Interleaving run = Interleaving.ofSeed(SEED);
        run.actor("a", () -> {});

        assertThatIllegalArgumentException().isThrownBy(() -> run.actor("a", () -> {}));
        assertThatIllegalArgumentException().isThrownBy(() -> run.crash("b", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> run.crash("a", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> run.choose(0));
    }
}
