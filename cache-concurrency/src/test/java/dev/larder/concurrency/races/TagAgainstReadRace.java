package dev.larder.concurrency.races;

import dev.larder.store.Change;
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
import org.openjdk.jcstress.infra.results.III_Result;

/** Readers move the number as of which an entry is up to date while its tag is invalidated; it dies once and for all. */
@JCStressTest
@Outcome(id = "1, 1, -1", expect = Expect.ACCEPTABLE, desc = "read before")
@Outcome(id = "1, -1, -1", expect = Expect.ACCEPTABLE, desc = "read before and after")
@Outcome(id = "-1, -1, -1", expect = Expect.ACCEPTABLE, desc = "read after")
@Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "came back, or survived")
@State
public class TagAgainstReadRace {

    private static final Tags RED = Tags.of(Set.of("red"));

    private final Store<String, Integer> store = Stores.open(Integer.class);

    public TagAgainstReadRace() {
        store.write("k", Change.put(1, Ttl.ETERNAL).withTags(RED));
    }

    private int value() {
        Integer value = store.readValue("k");
        return value == null ? -1 : value;
    }

    @Actor
    public void read(III_Result result) {
        result.r1 = value();
        result.r2 = value();
    }

    @Actor
    public void invalidateAnotherAndThenThis() {
        store.invalidateTags(Set.of("green"));
        store.invalidateTags(RED.names());
    }

    @Arbiter
    public void look(III_Result result) {
        result.r3 = value();
    }
}
