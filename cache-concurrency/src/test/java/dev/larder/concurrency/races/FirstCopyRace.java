package dev.larder.concurrency.races;

import java.util.BitSet;
import javax.cache.Cache;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The first value that a cache has to copy is never handed out as it is kept, however soon it is read. */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "both before")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "before and after")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "a copy each")
@Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "two have the same object")
@State
public class FirstCopyRace {

    private static final String SHARED = "a string";

    private final Cache<Object, Object> cache = Caches.createUntyped();

    public FirstCopyRace() {
        cache.put("k", SHARED);
    }

    @Actor
    public void put() {
        cache.put("k", new BitSet());
    }

    @Actor
    public void get(II_Result result) {
        Object first = cache.get("k");
        Object second = cache.get("k");
        result.r1 = first == SHARED ? 0 : 1;
        result.r2 = second == SHARED ? 0 : second == first ? 9 : 1;
    }
}
