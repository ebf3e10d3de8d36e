package dev.larder.concurrency.races;

import javax.cache.Cache;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Who reads while the cache is closed gets the value, or is told that the cache is closed. */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "read")
@Outcome(id = "-1", expect = Expect.ACCEPTABLE, desc = "told")
@Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "something else")
@State
public class CacheCloseRace {

    private final Cache<String, Integer> cache = Caches.create();

    public CacheCloseRace() {
        cache.put("k", 1);
    }

    @Actor
    public void close() {
        cache.close();
    }

    @Actor
    public void read(I_Result result) {
        try {
            Integer value = cache.get("k");
            result.r1 = value == null ? -2 : value;
        } catch (IllegalStateException e) {
            result.r1 = -1;
        }
    }
}
