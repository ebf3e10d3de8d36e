package dev.larder.concurrency.races;

import dev.larder.jcache.internal.concurrent.Hold;
import dev.larder.jcache.internal.concurrent.KeyLocks;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Who holds a key holds it alone, sees what was done by those before, and leaves nothing behind. */
@JCStressTest
@Outcome(id = "2, 0", expect = Expect.ACCEPTABLE, desc = "one after the other")
@Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "two at once, or the slot is not empty")
@State
public class KeyLockRace {

    private final KeyLocks<String, Integer> locks = new KeyLocks<>("race", new InOrder());
    private int changes;

    @Actor
    public void first() {
        change();
    }

    @Actor
    public void second() {
        change();
    }

    private void change() {
        try (Hold<String, Integer> hold = locks.lock("k")) {
            changes++;
        }
    }

    @Arbiter
    public void look(II_Result result) {
        result.r1 = changes;
        result.r2 = locks.size();
    }
}
