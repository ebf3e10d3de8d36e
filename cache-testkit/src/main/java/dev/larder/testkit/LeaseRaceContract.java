package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.LeaseResult;
import dev.larder.store.StoreContext;
import dev.larder.store.Ttl;
import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What leases are for: one loader at a time, and never a value in the store that was loaded before an invalidation. */
@Tag("race")
abstract class LeaseRaceContract extends StoreFixture {

    private static final String KEY = "key";

    /** Where values are loaded from; each change of it is followed by an invalidation of the store. */
    private volatile int source;

    LeaseRaceContract(StoreContract contract) {
        super(contract);
    }

    @Override
    StoreContext<String, String> settings(StoreContext<String, String> usual) {
        return usual.withLeases(true);
    }

    @Test
    void exactlyOneOfManyGetsTheLease() throws Exception {
        int rounds = contract.rounds(1_000);
        AtomicInteger granted = new AtomicInteger();
        CyclicBarrier next = new CyclicBarrier(8);

        Race.of(8).run(thread -> {
            for (int i = 0; i < rounds; i++) {
                next.await();
                if (lease("key " + i).isGranted()) {
                    granted.incrementAndGet();
                }
            }
        });

        assertThat(granted).hasValue(rounds);
    }

    @Test
    void atMostOneHoldsTheLeaseAtATime() throws Exception {
        int rounds = contract.rounds(2_000);
        AtomicInteger holders = new AtomicInteger();

        Race.of(8).run(thread -> {
            for (int i = 0; i < rounds; i++) {
                LeaseResult<String> result = lease(KEY);
                if (result.isGranted()) {
                    assertThat(holders.incrementAndGet()).as("holders").isOne();
                    holders.decrementAndGet();
                    store.write(KEY, Change.<String>remove().ifUnchanged(result.requireLease()));
                }
            }
        });

        assertThat(lease(KEY).isGranted()).isTrue();
    }

    @Test
    void readThroughOfManyThreadsLoadsOnce() throws Exception {
        int rounds = contract.rounds(500);
        AtomicInteger loads = new AtomicInteger();
        CyclicBarrier next = new CyclicBarrier(4);

        Race.of(4).run(thread -> {
            for (int i = 0; i < rounds; i++) {
                next.await();
                readThrough("key " + i, loads);
            }
        });

        assertThat(loads).hasValue(rounds);
    }

    private void readThrough(String key, AtomicInteger loads) {
        while (store.read(key) == null) {
            LeaseResult<String> result = lease(key);
            if (result.isGranted()) {
                loads.incrementAndGet();
                store.write(key, Change.put("loaded", LONG_TTL).ifUnchanged(result.requireLease()));
            }
        }
    }

    @Test
    void fillNeverSurvivesARemove() throws Exception {
        assertNoStaleFill(contract.rounds(20_000), () -> store.write(KEY, Change.remove()));
    }

    @Test
    void fillNeverSurvivesAClear() throws Exception {
        assertNoStaleFill(contract.rounds(5_000), store::clear);
    }

    @Test
    void fillNeverSurvivesAPutAndARemove() throws Exception {
        assertNoStaleFill(contract.rounds(10_000), () -> {
            put(KEY, String.valueOf(source));
            remove(KEY);
        });
    }

    @Test
    void fillNeverSurvivesAWriteThrough() throws Exception {
        assertNoStaleFill(contract.rounds(20_000), () -> put(KEY, String.valueOf(source)));
    }

    /** Two threads load and fill, with leases that lapse at once, while a third changes the source and invalidates. */
    private void assertNoStaleFill(int rounds, Runnable invalidation) throws Exception {
        AtomicBoolean done = new AtomicBoolean();

        Race.of(4).run(thread -> {
            if (thread == 0) {
                try {
                    for (int i = 1; i <= rounds; i++) {
                        source = i;
                        invalidation.run();
                        assertNotOlderThan(i, store.read(KEY));
                        if (i % 16 == 0) {
                            LockSupport.parkNanos(1); // time for a late fill
                            assertNotOlderThan(i, store.read(KEY));
                        }
                    }
                } finally {
                    done.set(true);
                }
            }
            while (!done.get()) {
                if (thread == 1) {
                    advance(ONE_MILLI);
                } else {
                    load(thread == 2 ? ONE_MILLI : LONG);
                }
            }
        });
    }

    private void load(Duration max) {
        LeaseResult<String> result = store.lease(KEY, store.read(KEY), max);
        if (result.isGranted()) {
            String loaded = String.valueOf(source);
            if (source % 3 == 0) {
                LockSupport.parkNanos(1); // some loads take longer than others
            }
            store.write(KEY, Change.put(loaded, Ttl.ETERNAL).ifUnchanged(result.requireLease()));
        }
    }

    private static void assertNotOlderThan(int version, @Nullable Entry<String> entry) {
        if (entry != null) {
            assertThat(Integer.parseInt(entry.value()))
                    .as("version read after the invalidation of all before")
                    .isGreaterThanOrEqualTo(version);
        }
    }
}
