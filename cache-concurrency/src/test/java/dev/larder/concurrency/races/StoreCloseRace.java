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
import org.openjdk.jcstress.infra.results.I_Result;

/** Who reads while the store is closed gets the entry, or is told that the store is closed. */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "read")
@Outcome(id = "-1", expect = Expect.ACCEPTABLE, desc = "told")
@Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "something else")
@State
public class StoreCloseRace {

    private final Store<String, Integer> store = Stores.open(Integer.class);

    public StoreCloseRace() {
        store.write("k", Change.put(1, Ttl.ETERNAL));
    }

    @Actor
    public void close() {
        store.close();
    }

    @Actor
    public void read(I_Result result) {
        try {
            Entry<Integer> entry = store.read("k");
            result.r1 = entry == null ? -2 : entry.value();
        } catch (IllegalStateException e) {
            result.r1 = -1;
        }
    }
}
