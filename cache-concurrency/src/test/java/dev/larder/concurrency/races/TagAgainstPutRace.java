package dev.larder.concurrency.races;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Store;
import dev.larder.store.Tags;
import dev.larder.store.Ttl;
import java.util.Set;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** What was looked up before a tag was invalidated is not there after it, whichever comes first. */
@JCStressTest
@Outcome(id = "-1", expect = Expect.ACCEPTABLE, desc = "invalidated")
@Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "there after all")
@State
public class TagAgainstPutRace {

    private static final Tags RED = Tags.of(Set.of("red"));

    private final Store<String, Integer> store = Stores.open(Integer.class);
    private final long asOf = store.tagNumber();

    @Actor
    public void put() {
        store.write("k", Change.put(1, Ttl.ETERNAL).withTags(RED.asOf(asOf)));
    }

    @Actor
    public void invalidate() {
        store.invalidateTags(RED.names());
    }

    @Arbiter
    public void look(I_Result result) {
        Entry<Integer> entry = store.read("k");
        result.r1 = entry == null ? -1 : entry.value();
    }
}
