package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.larder.store.Change;
import dev.larder.store.Cursor;
import dev.larder.store.Entry;
import dev.larder.store.LeaseResult;
import dev.larder.store.Outcome;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreTraits;
import dev.larder.store.Ttl;
import dev.larder.testkit.RecordingStoreListener.Kind;
import dev.larder.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** An open store with a listener, and the words that the parts of the {@link StoreContract} share. */
@ExtendWith(SlowMachine.class)
abstract class StoreFixture {

    static final Duration ONE_MILLI = Duration.ofMillis(1);
    static final Duration LONG = Duration.ofHours(1);
    static final Ttl LONG_TTL = Ttl.of(LONG);

    /** By then a store has told of what is dead, though nobody touched it. */
    private static final Duration SETTLING = Duration.ofSeconds(5);

    final StoreContract contract;
    final FakeTime time;

    /** The TTL of tests, as a duration and as stores want it. */
    final Duration ttl;

    final Ttl shortTtl;

    RecordingStoreListener<String, String> listener = new RecordingStoreListener<>();
    StoreContext<String, String> context;
    Store<String, String> store;

    private final String cacheName = "contract-" + UUID.randomUUID();
    private final List<Store<?, ?>> opened = new ArrayList<>();
    private long startedNanos;
    private long sleptNanos;
    private boolean isSoonOver;

    StoreFixture(StoreContract contract) {
        this.contract = contract;
        this.time = contract.time();
        this.ttl = contract.ttl();
        this.shortTtl = Ttl.of(ttl);
    }

    @BeforeEach
    void openStore() {
        context = settings(newContext(cacheName, String.class));
        store = open(context);
        store.listen(listener);
        startedNanos = Clock.system().nanos();
    }

    /** Returns the context with what all tests of a part need. */
    StoreContext<String, String> settings(StoreContext<String, String> usual) {
        return usual;
    }

    /** Replaces the store of the test by an empty one with other settings. */
    void reopenStore(UnaryOperator<StoreContext<String, String>> change) {
        destroyStores();
        context = change.apply(context);
        store = open(context);
        listener = new RecordingStoreListener<>();
        store.listen(listener);
    }

    <V> StoreContext<String, V> newContext(String name, Class<V> valueType) {
        return contract.context(StoreContext.of(name, String.class, valueType).withTime(time, time));
    }

    <V> Store<String, V> open(StoreContext<String, V> newContext) {
        Store<String, V> fresh = contract.factory().open(newContext);
        opened.add(fresh);
        return fresh;
    }

    /** Opens the store of another cache. */
    <V> Store<String, V> openOther(Class<V> valueType) {
        return open(newContext(cacheName + "-" + opened.size(), valueType));
    }

    @AfterEach
    void destroyStores() {
        for (Store<?, ?> each : opened) {
            try {
                each.destroy();
            } catch (IllegalStateException closedByTheTest) {
                each.close();
            }
        }
        opened.clear();
    }

    // --- time

    void advance(Duration duration) {
        contract.advance(store, duration);
        sleptNanos += duration.toNanos();
    }

    /** Returns how much more time than it slept a test has taken, if it slept, or put what dies soon, in a store on a clock of its own. */
    Duration lag() {
        return (sleptNanos == 0 && !isSoonOver) || !store.traits().ownClock()
                ? Duration.ZERO
                : Duration.ofNanos(Clock.system().nanos() - startedNanos - sleptNanos);
    }

    /** Moves to the last millisecond at which an entry written now with that TTL is surely live. */
    void advanceToJustBefore(Duration timeToLive) {
        advance(timeToLive.minus(ONE_MILLI).minus(contract.tolerance()));
    }

    /** Moves to the first millisecond at which an entry written now with that TTL is surely dead. */
    void advanceTo(Duration timeToLive) {
        advance(timeToLive.plus(contract.tolerance()));
    }

    /** Moves there from {@link #advanceToJustBefore}. */
    void advanceFromJustBeforeToDeadline() {
        advance(ONE_MILLI.plus(contract.tolerance()).plus(contract.tolerance()));
    }

    /** As {@link #advanceTo}, but with a timer so late that the dead entry is still where it was, if the store lets it. */
    void advanceUnswept(Duration timeToLive) {
        if (store.traits().ownClock()) {
            advanceTo(timeToLive);
        } else {
            time.skip(timeToLive.plus(contract.tolerance()));
        }
    }

    /** Gives the store the time it needs to notice by itself what is dead. */
    void settle() {
        if (!store.traits().ownClock()) {
            advance(SETTLING);
        }
    }

    /** Checks at once under fake time, and until it holds if the store lives by its own clock. */
    void eventually(Runnable check) {
        Clock clock = Clock.system();
        long giveUpMillis = clock.millis() + SETTLING.toMillis();
        while (store.traits().ownClock() && clock.millis() < giveUpMillis) {
            try {
                check.run();
                return;
            } catch (AssertionError notYet) {
                advance(Duration.ofMillis(10));
            }
        }
        check.run();
    }

    // --- writing and reading

    Outcome<String> put(String key, String value, Ttl timeToLive) {
        isSoonOver |= timeToLive.equals(shortTtl);
        return store.write(key, Change.put(objectOfItsOwn(value), timeToLive).tellingEffect());
    }

    /** A store that keeps the caller's objects may take the same one put again for the same entry. */
    private static String objectOfItsOwn(String value) {
        return new String(value.toCharArray());
    }

    Outcome<String> put(String key, String value) {
        return put(key, value, Ttl.ETERNAL);
    }

    Outcome<String> remove(String key) {
        return store.write(key, Change.<String>remove().tellingEffect());
    }

    @Nullable
    String valueOf(String key) {
        Entry<String> entry = store.read(key);
        return entry == null ? null : entry.value();
    }

    Entry<String> readLive(String key) {
        Entry<String> entry = store.read(key);
        assertThat(entry).as("the entry of %s", key).isNotNull();
        return Objects.requireNonNull(entry);
    }

    LeaseResult<String> lease(String key) {
        return store.lease(key, null, LONG);
    }

    /** Walks over the store and fails if a key is met twice. */
    Map<String, String> scan() {
        Map<String, String> met = new HashMap<>();
        try (Cursor<String, String> cursor = store.scan()) {
            while (cursor.advance()) {
                String before = met.put(cursor.key(), cursor.entry().value());
                assertThat(before).as("%s met before", cursor.key()).isNull();
            }
        }
        return met;
    }

    static @Nullable String valueOf(@Nullable Entry<String> entry) {
        return entry == null ? null : entry.value();
    }

    // --- news

    boolean tellsValues() {
        return store.traits().expiryNews() == StoreTraits.ExpiryNews.VALUE;
    }

    /** Returns how often the listener heard that this key expired. */
    long timesTold(String key) {
        return listener.keys(Kind.EXPIRED).stream().filter(key::equals).count();
    }

    // --- what a store may be unable to do

    void assumeTellsExpiry() {
        assumeTrue(
                store.traits().expiryNews() != StoreTraits.ExpiryNews.NONE,
                "the store tells nothing of expired entries");
    }

    void assumeTellsValues() {
        assumeTrue(tellsValues(), "the store does not tell the values of expired entries");
    }

    void assumeScans() {
        assumeTrue(store.traits().scans(), "the store does not scan");
    }

    void assumeLeases() {
        assumeTrue(context.leases(), "the store is opened without leases");
    }
}
