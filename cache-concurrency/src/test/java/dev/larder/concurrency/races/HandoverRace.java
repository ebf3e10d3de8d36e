package dev.larder.concurrency.races;

import dev.larder.jcache.internal.concurrent.Hold;
import dev.larder.jcache.internal.concurrent.KeyLocks;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/** What is left with a key is delivered in the order of the holds, each once, and before its holder goes on. */
@JCStressTest
@Outcome(id = "true, true, 12", expect = Expect.ACCEPTABLE, desc = "in order, and in time")
@Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "lost, or too late, or out of order")
@State
public class HandoverRace {

    private final InOrder delivered = new InOrder();
    private final KeyLocks<String, Integer> locks = new KeyLocks<>("race", delivered);
    private int holds;

    @Actor
    public void first(ZZI_Result result) {
        result.r1 = isDeliveredInTime();
    }

    @Actor
    public void second(ZZI_Result result) {
        result.r2 = isDeliveredInTime();
    }

    private boolean isDeliveredInTime() {
        int digit;
        try (Hold<String, Integer> hold = locks.lock("k")) {
            digit = ++holds;
            hold.leave(digit);
        }
        return String.valueOf(delivered.digits()).contains(String.valueOf(digit));
    }

    @Arbiter
    public void look(ZZI_Result result) {
        result.r3 = delivered.digits() + locks.size();
    }
}
