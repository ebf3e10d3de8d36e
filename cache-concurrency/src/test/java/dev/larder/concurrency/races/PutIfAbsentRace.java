package dev.larder.concurrency.races;

import dev.larder.store.Change;
import dev.larder.store.Store;
import dev.larder.store.Ttl;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Of two puts that want the key absent, one stores its value and the other is refused. */
@JCStressTest
@Outcome(id = "CREATED, MISMATCH", expect = Expect.ACCEPTABLE, desc = "the first")
@Outcome(id = "MISMATCH, CREATED", expect = Expect.ACCEPTABLE, desc = "the second")
@Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "both or none")
@State
public class PutIfAbsentRace {

    private final Store<String, Integer> store = Stores.open(Integer.class);

    @Actor
    public void first(LL_Result result) {
        result.r1 = store.write("k", Change.put(1, Ttl.ETERNAL).ifAbsent()).effect();
    }

    @Actor
    public void second(LL_Result result) {
        result.r2 = store.write("k", Change.put(2, Ttl.ETERNAL).ifAbsent()).effect();
    }
}
