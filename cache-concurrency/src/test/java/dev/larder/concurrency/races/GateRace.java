package dev.larder.concurrency.races;

import dev.larder.jcache.internal.concurrent.Gate;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** Who closes the gate sees what was done by all who went through. */
@JCStressTest
@Outcome(id = "true, 1", expect = Expect.ACCEPTABLE, desc = "through before it was closed")
@Outcome(id = "false, 0", expect = Expect.ACCEPTABLE, desc = "came too late")
@Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "through unseen")
@State
public class GateRace {

    private final Gate gate = new Gate(true);
    private int changes;

    @Actor
    public void change(ZI_Result result) {
        int ticket = gate.enter();
        if (ticket >= 0) {
            result.r1 = true;
            changes++;
            gate.leave(ticket);
        }
    }

    @Actor
    public void close(ZI_Result result) {
        gate.close();
        result.r2 = changes;
    }
}
