package dev.larder.testkit;

import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.store.StoreTraits;
import dev.larder.time.Timer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;

/**
 * The contract that every store must pass. The test of a store extends this class and says how to open one:
 *
 * <pre>{@code
 * class MyStoreContractTest extends StoreContract {
 *     @Override
 *     protected StoreFactory factory() {
 *         return MyStore.factory();
 *     }
 * }
 * }</pre>
 *
 * <p>Each test opens a store of its own, under a name that no other test uses, and destroys it. What the store's
 * {@link StoreTraits} say that it cannot do is skipped. A store whose traits say that it keeps deadlines by its own clock
 * overrides {@link #ttl} and {@link #tolerance}, because its tests have to sleep.
 *
 * <p>Tests in which threads race for long bear the tag {@code race}. The system property {@code larder.stress} set to
 * {@code true} makes the races ten times as long.
 */
public abstract class StoreContract {

    private static final int STRESS_FACTOR = Boolean.getBoolean("larder.stress") ? 10 : 1;

    private final FakeTime time = new FakeTime();

    /** Opens the stores to be tested. */
    protected abstract StoreFactory factory();

    /**
     * Returns the context that a store is opened in; a place to ask for other settings.
     *
     * @param usual a context on {@link #time()}, with leases and without deadlines
     */
    protected <V> StoreContext<String, V> context(StoreContext<String, V> usual) {
        return usual;
    }

    /** Returns the clock and timer that stores are opened with. */
    protected final FakeTime time() {
        return time;
    }

    /**
     * Lets time pass for a store: moves {@link #time()}, and sleeps as well if the store keeps deadlines by its own clock.
     * To be overridden where that clock can be moved.
     */
    protected void advance(Store<?, ?> store, Duration duration) {
        time.advance(duration);
        if (store.traits().ownClock()) {
            sleep(duration);
        }
    }

    static void sleep(Duration duration) {
        CountDownLatch over = new CountDownLatch(1);
        Timer.system().runAfter(duration.toMillis(), over::countDown, Runnable::run);
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while time passed", e);
        }
    }

    /** Returns the TTL that tests of expiry use: a minute, or something short for a store that must sleep. */
    protected Duration ttl() {
        return Duration.ofMinutes(1);
    }

    /** Returns how far from its deadline, to either side, an entry may die: not at all, if time is fake. */
    protected Duration tolerance() {
        return Duration.ZERO;
    }

    /** Returns the length in characters of the largest value that a test stores: about a million. */
    protected int largestValue() {
        return 1 << 20;
    }

    /** Returns how many rounds a race takes; a store far away may ask for fewer. */
    protected int rounds(int usual) {
        return usual * STRESS_FACTOR;
    }

    @Nested
    class Changes extends ChangeContract {
        Changes() {
            super(StoreContract.this);
        }
    }

    @Nested
    class Expiry extends ExpiryContract {
        Expiry() {
            super(StoreContract.this);
        }
    }

    @Nested
    class Touches extends TouchContract {
        Touches() {
            super(StoreContract.this);
        }
    }

    @Nested
    class RemainingTimes extends RemainingTimeContract {
        RemainingTimes() {
            super(StoreContract.this);
        }
    }

    @Nested
    class NewsOfExpiry extends ExpiryNewsContract {
        NewsOfExpiry() {
            super(StoreContract.this);
        }
    }

    @Nested
    class NewsOfOthers extends NewsContract {
        NewsOfOthers() {
            super(StoreContract.this);
        }
    }

    @Nested
    class Atomicity extends AtomicityContract {
        Atomicity() {
            super(StoreContract.this);
        }
    }

    @Nested
    class Leases extends LeaseContract {
        Leases() {
            super(StoreContract.this);
        }
    }

    @Nested
    class OvertakenLeases extends OvertakenLeaseContract {
        OvertakenLeases() {
            super(StoreContract.this);
        }
    }

    @Nested
    class LeaseRaces extends LeaseRaceContract {
        LeaseRaces() {
            super(StoreContract.this);
        }
    }

    @Nested
    class Tags extends TagContract {
        Tags() {
            super(StoreContract.this);
        }
    }

    @Nested
    class Scans extends ScanContract {
        Scans() {
            super(StoreContract.this);
        }
    }

    @Nested
    class Contents extends ContentContract {
        Contents() {
            super(StoreContract.this);
        }
    }

    @Nested
    class Lifecycle extends LifecycleContract {
        Lifecycle() {
            super(StoreContract.this);
        }
    }
}
