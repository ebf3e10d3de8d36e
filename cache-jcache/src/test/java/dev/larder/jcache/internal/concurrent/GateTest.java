package dev.larder.jcache.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.concurrency.Crew;
import dev.larder.jcache.concurrency.Stress;
import dev.larder.jcache.concurrency.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(600)
class GateTest {

    @RegisterExtension
    final Crew crew = new Crew();

    @Test
    void openGateLetsManyIn() {
        Gate gate = new Gate(true);
        List<Integer> tickets = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            tickets.add(gate.enter());
        }

        assertThat(tickets).allMatch(ticket -> ticket >= 0);
        tickets.forEach(gate::leave);
        gate.close();
        assertThat(gate.enter()).isNegative();
    }

    @Test
    void waitingForPassersLetsOthersInMeanwhile() {
        Gate gate = new Gate(true);
        int inside = gate.enter();

        Task<Void> waiting = crew.run(gate::awaitPassers).awaitWaiting();
        gate.leave(gate.enter());
        waiting.awaitWaiting();
        gate.leave(inside);

        waiting.get();
        assertThat(gate.enter()).isNotNegative();
    }

    @Test
    void gateThatWasNeverOpenLetsNobodyIn() {
        Gate gate = new Gate(false);

        assertThat(gate.enter()).isNegative();
        gate.close();
        assertThat(gate.enter()).isNegative();
    }

    @Test
    void closingWaitsForWhoIsInsideAndLetsNobodyElseIn() {
        Gate gate = new Gate(true);
        int first = gate.enter();
        int second = gate.enter();

        Task<Void> closing = crew.run(gate::close).awaitWaiting();
        assertThat(gate.enter()).isNegative();
        gate.leave(first);
        closing.awaitWaiting();
        gate.leave(second);

        closing.get();
        assertThat(gate.enter()).isNegative();
    }

    @Test
    void everyoneWhoClosesWaits() {
        Gate gate = new Gate(true);
        int ticket = gate.enter();

        List<Task<Void>> closing = List.of(crew.run(gate::close), crew.run(gate::close), crew.run(gate::close));
        closing.forEach(Task::awaitWaiting);
        gate.leave(ticket);

        closing.forEach(Task::get);
    }

    @Test
    void closingIsDoneWhenInterruptedTooAndTheFlagStays() {
        Gate gate = new Gate(true);
        int ticket = gate.enter();
        Task<Boolean> closing = crew.start(() -> {
            Thread.currentThread().interrupt();
            gate.close();
            return Thread.currentThread().isInterrupted();
        });

        gate.leave(ticket);

        assertThat(closing.get()).isTrue();
    }

    /** The moment of the closing comes from a seed, so that the threads meet it at all points of their way. */
    @ParameterizedTest
    @ValueSource(longs = {1, 20, 300, 4_000, 50_000})
    void nobodyIsInsideOnceItIsClosed(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < Stress.rounds(100, 20_000); round++) {
            Gate gate = new Gate(true);
            AtomicBoolean isClosed = new AtomicBoolean();
            AtomicInteger trespasses = new AtomicInteger();
            int entriesBeforeClosing = random.nextInt(100);

            crew.race(4, thread -> {
                if (thread == 0) {
                    for (int i = 0; i < entriesBeforeClosing; i++) {
                        gate.leave(gate.enter());
                    }
                    gate.close();
                    isClosed.set(true);
                } else {
                    for (int ticket = gate.enter(); ticket >= 0; ticket = gate.enter()) {
                        if (isClosed.get()) {
                            trespasses.incrementAndGet();
                        }
                        gate.leave(ticket);
                    }
                }
            });

            assertThat(trespasses).as("seed %s, round %s", seed, round).hasValue(0);
        }
    }
}
