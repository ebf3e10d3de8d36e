package dev.larder.redis;

import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.testkit.StoreContract;
import java.time.Duration;

/** The contract of stores, for ones that keep real time and ask a server: with longer times to live and fewer rounds than on the heap. */
public abstract class RedisStoreContract extends StoreContract {

    private final RedisStores stores;
    private final int fewerRounds;

    /**
     * Creates the tests.
     *
     * @param fewerRounds how many times fewer rounds than usual the tests of many rounds have
     */
    protected RedisStoreContract(RedisStores stores, int fewerRounds) {
        this.stores = stores;
        this.fewerRounds = fewerRounds;
    }

    @Override
    protected StoreFactory factory() {
        return stores.stores();
    }

    @Override
    protected <V> StoreContext<String, V> context(StoreContext<String, V> usual) {
        return usual.withStoreDeadline(PatientContext.DEADLINE);
    }

    @Override
    protected Duration ttl() {
        return Duration.ofMillis(120); // half of it is more than the tolerance
    }

    @Override
    protected Duration tolerance() {
        return Duration.ofMillis(50);
    }

    @Override
    protected int rounds(int usual) {
        return Math.max(1, super.rounds(usual) / fewerRounds);
    }
}
