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

/** A value is read as it was when it was put, though none of its fields is final or volatile. */
@JCStressTest
@Outcome(id = "-1", expect = Expect.ACCEPTABLE, desc = "not there yet")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "there, and complete")
@Outcome(id = "0", expect = Expect.FORBIDDEN, desc = "there before it was written")
@State
public class PublicationRace {

    private final Store<String, Plain> store = Stores.open(Plain.class);

    /** A value with nothing that would publish it safely. */
    private static final class Plain {
        private int field;
    }

    @Actor
    public void put() {
        Plain value = new Plain();
        value.field = 1;
        store.write("k", Change.put(value, Ttl.ETERNAL));
    }

    @Actor
    public void read(I_Result result) {
        Entry<Plain> entry = store.read("k");
        result.r1 = entry == null ? -1 : entry.value().field;
    }
}
