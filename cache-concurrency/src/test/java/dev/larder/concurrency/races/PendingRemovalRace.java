package dev.larder.concurrency.races;

import dev.larder.store.Change;
import dev.larder.store.Change.Action;
import dev.larder.store.Entry;
import dev.larder.store.Store;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.Ttl;
import dev.larder.store.guard.GuardedStore;
import dev.larder.store.guard.OnStoreFailure;
import dev.larder.testkit.ForwardingStore;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A removal that failed is not forgotten because an earlier one is being made up for. */
@JCStressTest
@Outcome(id = "-1", expect = Expect.ACCEPTABLE, desc = "removed")
@Outcome(id = ".*", expect = Expect.FORBIDDEN, desc = "read after its removal")
@State
public class PendingRemovalRace {

    private final Store<String, Integer> guarded = new GuardedStore<>(
            new RefusingStore(Stores.open(Integer.class)), Stores.context(Integer.class), OnStoreFailure.DEGRADE);

    public PendingRemovalRace() {
        guarded.write("k", Change.put(1, Ttl.ETERNAL));
        guarded.write("k", Change.<Integer>remove().orInvalidate());
    }

    @Actor
    public void putAndRemove() {
        guarded.write("k", Change.put(2, Ttl.ETERNAL));
        guarded.write("k", Change.<Integer>remove().orInvalidate());
    }

    @Actor
    public void read() {
        guarded.read("k");
    }

    @Arbiter
    public void look(I_Result result) {
        Entry<Integer> entry = guarded.read("k");
        result.r1 = entry == null ? -1 : entry.value();
    }

    /** Fails a removal that can be made up for, and does the one that makes up for it. */
    private static final class RefusingStore extends ForwardingStore<String, Integer> {

        RefusingStore(Store<String, Integer> store) {
            super(store);
        }

        @Override
        public dev.larder.store.Outcome<Integer> write(String key, Change<Integer> change) {
            if (change.action() == Action.REMOVE && change.invalidatesOnFailure()) {
                throw new StoreException("refused", Applied.NO, null);
            }
            return super.write(key, change);
        }
    }
}
