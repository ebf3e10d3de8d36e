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
import org.openjdk.jcstress.infra.results.L_Result;

/** An entry with a deadline is read with its value and its deadline. */
@JCStressTest
@Outcome(id = "null", expect = Expect.ACCEPTABLE, desc = "not there yet")
@Outcome(id = "1 for 1000", expect = Expect.ACCEPTABLE, desc = "there, and complete")
@Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "there before it was complete")
@State
public class DeadlinePublicationRace {

    private final Store<String, Integer> store = Stores.openWithDeadlines(Integer.class);

    @Actor
    public void put() {
        store.write("k", Change.put(1, Ttl.ofMillis(1_000)));
    }

    @Actor
    public void read(L_Result result) {
        Entry<Integer> entry = store.read("k");
        result.r1 = entry == null ? "null" : entry.value() + " for " + entry.remainingMillis();
    }
}
