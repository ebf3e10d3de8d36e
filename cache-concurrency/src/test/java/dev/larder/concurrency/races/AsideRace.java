package dev.larder.concurrency.races;

import dev.larder.jcache.internal.concurrent.Hold;
import dev.larder.jcache.internal.concurrent.KeyLocks;
import java.util.concurrent.atomic.AtomicBoolean;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** That what a change stored has expired is told after the change, however soon it happens. */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "not expired")
@Outcome(id = "12", expect = Expect.ACCEPTABLE, desc = "changed, then expired")
@Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "lost, or out of order")
@State
public class AsideRace {

    private static final int CHANGED = 1;
    private static final int EXPIRED = 2;

    private final InOrder delivered = new InOrder();
    private final KeyLocks<String, Integer> locks = new KeyLocks<>("race", delivered);

    /** Stands for the entry in the store. */
    private final AtomicBoolean stored = new AtomicBoolean();

    @Actor
    public void change() {
        try (Hold<String, Integer> hold = locks.lock("k")) {
            hold.startChange();
            stored.set(true);
            var asides = hold.takeAsides();
            hold.leave(CHANGED);
            asides.forEach(hold::leave);
        }
    }

    @Actor
    public void expire() {
        if (stored.compareAndSet(true, false)) {
            Runnable delivery = locks.leave("k", EXPIRED);
            if (delivery != null) {
                delivery.run();
            }
        }
    }

    @Arbiter
    public void look(I_Result result) {
        result.r1 = delivered.digits() + 100 * locks.size();
    }
}
