package dev.larder.concurrency.races;

import javax.cache.Cache;
import javax.cache.processor.MutableEntry;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** The first entry processor of a cache neither loses a plain change that is under way, nor is lost to it. */
@JCStressTest
@Outcome(id = "true, 11", expect = Expect.ACCEPTABLE, desc = "replaced, then incremented")
@Outcome(id = "false, 1", expect = Expect.ACCEPTABLE, desc = "incremented, and not replaced")
@Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "one of the two was lost")
@State
public class FirstProcessorRace {

    private final Cache<String, Integer> cache = Caches.create();

    public FirstProcessorRace() {
        cache.put("k", 0);
    }

    @Actor
    public void replace(ZI_Result result) {
        result.r1 = cache.replace("k", 0, 10);
    }

    @Actor
    public void increment() {
        cache.invoke("k", FirstProcessorRace::increment);
    }

    private static int increment(MutableEntry<String, Integer> entry, Object... arguments) {
        int next = entry.getValue() + 1;
        entry.setValue(next);
        return next;
    }

    @Arbiter
    public void look(ZI_Result result) {
        result.r2 = cache.get("k");
    }
}
