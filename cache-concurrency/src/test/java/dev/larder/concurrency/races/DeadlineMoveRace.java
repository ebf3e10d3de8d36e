package dev.larder.concurrency.races;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Store;
import dev.larder.store.Ttl;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/** A deadline that is moved is read as it was before or as it is after, and never in two halves. */
@JCStressTest
@Outcome(id = "1000", expect = Expect.ACCEPTABLE, desc = "before the move")
@Outcome(id = "1099511627776", expect = Expect.ACCEPTABLE, desc = "after the move")
@Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "neither")
@State
public class DeadlineMoveRace {

    private final Store<String, Integer> store = Stores.openWithDeadlines(Integer.class);

    public DeadlineMoveRace() {
        store.write("k", Change.put(1, Ttl.ofMillis(1_000)));
    }

    @Actor
    public void touch() {
        store.readAndTouch("k", Ttl.ofMillis(1L << 40));
    }

    @Actor
    public void read(J_Result result) {
        Entry<Integer> entry = store.read("k");
        result.r1 = entry == null ? -1 : entry.remainingMillis();
    }
}
