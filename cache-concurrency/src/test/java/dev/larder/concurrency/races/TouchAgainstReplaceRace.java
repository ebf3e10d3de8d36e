package dev.larder.concurrency.races;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Store;
import dev.larder.store.Ttl;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A touch is not lost to a replacement that keeps the deadline. */
@JCStressTest
@Outcome(id = "2 for 5000", expect = Expect.ACCEPTABLE, desc = "the new value has the deadline of the touch")
@Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "the touch was lost")
@State
public class TouchAgainstReplaceRace {

    private final Store<String, Integer> store = Stores.openWithDeadlines(Integer.class);

    public TouchAgainstReplaceRace() {
        store.write("k", Change.put(1, Ttl.ofMillis(1_000)));
    }

    @Actor
    public void touch() {
        store.write("k", Change.touch(Ttl.ofMillis(5_000)));
    }

    @Actor
    public void replace() {
        store.write("k", Change.put(2, Ttl.UNCHANGED).ifPresent());
    }

    @Arbiter
    public void look(L_Result result) {
        Entry<Integer> entry = store.read("k");
        result.r1 = entry == null ? "null" : entry.value() + " for " + entry.remainingMillis();
    }
}
