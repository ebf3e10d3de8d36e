package dev.larder.jcache.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.concurrency.Crew;
import dev.larder.jcache.concurrency.Holdup;
import dev.larder.jcache.concurrency.Stress;
import dev.larder.jcache.concurrency.Task;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(300)
class WaitGraphTest {

    @RegisterExtension
    final Crew crew = new Crew();

    /** Something with an owner that the test names. */
    private static final class Thing implements WaitGraph.Owned {

        private final AtomicReference<Thread> owner = new AtomicReference<>();

        @Override
        public Thread owner() {
            return owner.get();
        }
    }

    /** A thread that owns something and waits for something else, until it is told to stop. */
    private Thing ownerOfOneWaitingFor(Thing wanted, Holdup waiting) {
        Thing owned = new Thing();
        crew.run(() -> {
            owned.owner.set(Thread.currentThread());
            assertThat(WaitGraph.enter(wanted)).isTrue();
            try {
                waiting.stay();
            } finally {
                WaitGraph.leave();
            }
        });
        waiting.awaitReached();
        return owned;
    }

    @Test
    void waitingForWhatNobodyOwnsIsAllowed() {
        assertThat(WaitGraph.enter(new Thing())).isTrue();
        WaitGraph.leave();
    }

    @Test
    void waitingForOneselfIsNot() {
        Thing own = new Thing();
        own.owner.set(Thread.currentThread());

        assertThat(WaitGraph.enter(own)).isFalse();
    }

    @Test
    void circleByWayOfOthersIsFound() {
        Thing own = new Thing();
        own.owner.set(Thread.currentThread());
        Holdup waiting = new Holdup();
        Holdup waitingToo = new Holdup();
        Thing next = ownerOfOneWaitingFor(own, waiting);
        Thing afterNext = ownerOfOneWaitingFor(next, waitingToo);

        assertThat(WaitGraph.enter(afterNext)).isFalse();
        assertThat(WaitGraph.enter(next)).isFalse();

        waiting.release();
        waitingToo.release();
    }

    @Test
    void whoHasLetGoAndThenWaitsForThisThreadIsNoCircle() {
        Thing own = new Thing();
        own.owner.set(Thread.currentThread());
        AtomicReference<Thread> waiter = new AtomicReference<>();
        Holdup waiting = new Holdup();
        crew.run(() -> waitFor(own, waiter, waiting));
        waiting.awaitReached();
        AtomicInteger looks = new AtomicInteger();
        // it has let go of this thing between our look at the owner and our look at what the owner waits for
        WaitGraph.Owned letGo = () -> looks.getAndIncrement() == 0 ? waiter.get() : null;

        assertThat(WaitGraph.enter(letGo)).isTrue();

        assertThat(looks).hasValueGreaterThan(1);
        WaitGraph.leave();
        waiting.release();
    }

    @Test
    void chainThatEndsElsewhereIsAllowed() {
        Holdup waiting = new Holdup();
        Thing next = ownerOfOneWaitingFor(new Thing(), waiting);

        assertThat(WaitGraph.enter(next)).isTrue();

        WaitGraph.leave();
        waiting.release();
    }

    @Test
    void whoWaitsNoLongerIsInNobodysChain() {
        Thing own = new Thing();
        own.owner.set(Thread.currentThread());
        Thing next = new Thing();
        crew.run(() -> {
                    next.owner.set(Thread.currentThread());
                    WaitGraph.enter(own);
                    WaitGraph.leave();
                })
                .get();

        assertThat(WaitGraph.enter(next)).isTrue();
        WaitGraph.leave();
    }

    @Test
    void whoMayNotWaitDoesNotCountAsWaiting() {
        Thing own = new Thing();
        own.owner.set(Thread.currentThread());
        assertThat(WaitGraph.enter(own)).isFalse();

        boolean mayAnother = crew.start(() -> {
                    Thing others = new Thing();
                    others.owner.set(Thread.currentThread());
                    boolean may = WaitGraph.enter(own);
                    WaitGraph.leave();
                    return may;
                })
                .get();

        assertThat(mayAnother).isTrue();
    }

    @Test
    void ofTwoWhoCloseACircleAtOnceOneFindsIt() {
        for (int i = 0; i < Stress.rounds(2_000, 200_000); i++) {
            Thing[] things = {new Thing(), new Thing()};
            AtomicInteger found = new AtomicInteger();
            CyclicBarrier bothOwn = new CyclicBarrier(2);
            CyclicBarrier bothHaveLooked = new CyclicBarrier(2);

            Task<?> first = crew.run(() -> closeCircle(things[0], things[1], bothOwn, bothHaveLooked, found));
            closeCircle(things[1], things[0], bothOwn, bothHaveLooked, found);
            first.get();

            assertThat(found).as("round %s", i).hasPositiveValue();
        }
    }

    private static void closeCircle(
            Thing own, Thing wanted, CyclicBarrier bothOwn, CyclicBarrier bothHaveLooked, AtomicInteger found) {
        own.owner.set(Thread.currentThread());
        Crew.await(bothOwn);
        boolean mayWait = WaitGraph.enter(wanted);
        if (!mayWait) {
            found.incrementAndGet();
        }
        Crew.await(bothHaveLooked);
        if (mayWait) {
            WaitGraph.leave();
        }
    }

    @Test
    void circleOfOthersDoesNotHoldUpWhoLooksIntoIt() {
        Thing one = new Thing();
        Thing two = new Thing();
        Holdup waiting = new Holdup();
        Holdup waitingToo = new Holdup();
        // neither owns anything when it begins to wait, so neither sees a circle
        AtomicReference<Thread> threadOne = new AtomicReference<>();
        AtomicReference<Thread> threadTwo = new AtomicReference<>();
        crew.run(() -> waitFor(two, threadOne, waiting));
        crew.run(() -> waitFor(one, threadTwo, waitingToo));
        waiting.awaitReached();
        waitingToo.awaitReached();
        one.owner.set(threadOne.get());
        two.owner.set(threadTwo.get());

        boolean mayWait = crew.start(() -> {
                    boolean may = WaitGraph.enter(one);
                    WaitGraph.leave();
                    return may;
                })
                .get();

        assertThat(mayWait).isTrue();
        waiting.release();
        waitingToo.release();
    }

    private static void waitFor(Thing wanted, AtomicReference<Thread> self, Holdup waiting) {
        self.set(Thread.currentThread());
        assertThat(WaitGraph.enter(wanted)).isTrue();
        waiting.stay();
        WaitGraph.leave();
    }
}
