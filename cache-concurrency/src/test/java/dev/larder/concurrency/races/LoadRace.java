package dev.larder.concurrency.races;

import dev.larder.jcache.internal.load.Loading;
import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Store;
import dev.larder.store.Ttl;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.cache.integration.CacheLoader;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two who miss a key at once get the same value, complete, by one call of the loader. */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "one load")
@Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "two loads, or half a value")
@State
public class LoadRace {

    private final Store<String, Plain> store = Stores.open(Plain.class);
    private final Loading<String, Plain> loading = new Loading<>(
            "race",
            store,
            new PlainLoader(),
            UnaryOperator.identity(),
            UnaryOperator.identity(),
            (key, loaded, lease) ->
                    store.write(key, Change.put(loaded.value(), Ttl.ETERNAL).ifUnchanged(lease)));

    /** A value with nothing that would publish it safely. */
    private static final class Plain {
        private int number;
    }

    /** Numbers its loads. */
    private static final class PlainLoader implements CacheLoader<String, Plain> {

        private final AtomicInteger loads = new AtomicInteger();

        @Override
        public Plain load(String key) {
            Plain value = new Plain();
            value.number = loads.incrementAndGet();
            return value;
        }

        @Override
        public Map<String, Plain> loadAll(Iterable<? extends String> keys) {
            Map<String, Plain> values = new HashMap<>();
            keys.forEach(key -> values.put(key, load(key)));
            return values;
        }
    }

    @Actor
    public void first(II_Result result) {
        result.r1 = get();
    }

    @Actor
    public void second(II_Result result) {
        result.r2 = get();
    }

    private int get() {
        Entry<Plain> entry = store.read("k");
        Plain value = entry == null ? loading.load("k") : entry.value();
        return value == null ? -1 : value.number;
    }
}
