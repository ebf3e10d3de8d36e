package dev.larder.concurrency.races;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Lease;
import dev.larder.store.Store;
import dev.larder.store.Ttl;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** What is filled in with a lease from before a clear is not there after it. */
@JCStressTest
@Outcome(id = "-1", expect = Expect.ACCEPTABLE, desc = "removed, or never stored")
@Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "stored after all")
@State
public class FillAgainstClearRace {

    private final Store<String, Integer> store = Stores.open(Integer.class);
    private final Lease lease = store.lease("k", null, Duration.ofMinutes(1)).requireLease();

    @Actor
    public void fill() {
        store.write("k", Change.put(1, Ttl.ETERNAL).ifUnchanged(lease));
    }

    @Actor
    public void clear() {
        store.clear();
    }

    @Arbiter
    public void look(I_Result result) {
        Entry<Integer> entry = store.read("k");
        result.r1 = entry == null ? -1 : entry.value();
    }
}
