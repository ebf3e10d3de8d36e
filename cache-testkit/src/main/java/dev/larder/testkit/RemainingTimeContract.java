package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Outcome;
import dev.larder.store.StoreContext;
import dev.larder.store.Ttl;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What entries tell of the time they have still to live, in a cache that needs to know. */
abstract class RemainingTimeContract extends StoreFixture {

    private static final String KEY = "key";

    RemainingTimeContract(StoreContract contract) {
        super(contract);
    }

    @Override
    StoreContext<String, String> settings(StoreContext<String, String> usual) {
        return usual.withNeedsDeadline(true);
    }

    @Test
    void remainingTimeIsToldByEveryWayToReadAnEntry() {
        put(KEY, "value", shortTtl);
        Duration passed = ttl.dividedBy(4);

        advance(passed);

        Duration left = ttl.minus(passed);
        assertRemaining(store.read(KEY), left);
        assertRemaining(store.readLatest(KEY), left);
        assertRemaining(store.readAndTouch(KEY, Ttl.UNCHANGED), left);
        assertRemaining(store.readAll(Set.of(KEY), Ttl.UNCHANGED).get(KEY), left);
        assertRemaining(
                store.write(KEY, Change.put("new", Ttl.ETERNAL).ifAbsent().returningPrevious())
                        .previous(),
                left);
        if (context.leases()) {
            assertRemaining(lease(KEY).entry(), left);
        }
        if (store.traits().scans()) {
            try (var cursor = store.scan()) {
                assertThat(cursor.advance()).isTrue();
                assertRemaining(cursor.entry(), left);
            }
        }
    }

    @Test
    void remainingTimeOfAnEternalEntryIsTheGreatestNumber() {

        put(KEY, "value", Ttl.ETERNAL);

        assertThat(readLive(KEY).remainingMillis()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void remainingTimeIsThatBeforeTheTouchThatFindsTheEntry() {
        put(KEY, "value", shortTtl);

        assertRemaining(store.readAndTouch(KEY, LONG_TTL), ttl);
        assertRemaining(store.readAll(Set.of(KEY), Ttl.ETERNAL).get(KEY), LONG);

        put(KEY, "value", shortTtl);
        assertRemaining(
                store.write(KEY, Change.<String>touch(LONG_TTL).returningPrevious())
                        .previous(),
                ttl);
        assertRemaining(
                store.write(
                                KEY,
                                Change.<String>remove()
                                        .ifValue("another")
                                        .onMismatchTouch(Ttl.ETERNAL)
                                        .returningPrevious())
                        .previous(),
                LONG);
    }

    @Test
    void remainingTimeOfAReplacedEntryIsItsOwn() {
        put(KEY, "old", shortTtl);

        Outcome<String> outcome = store.write(KEY, Change.put("new", LONG_TTL).returningPrevious());

        assertRemaining(outcome.previous(), ttl);
        assertRemaining(store.read(KEY), LONG);
    }

    @Test
    void entryReadWithItsRemainingTimeIsKnownAgain() {
        put(KEY, "old", shortTtl);
        Entry<String> read =
                Objects.requireNonNull(store.readAll(Set.of(KEY), LONG_TTL).get(KEY));

        assertThat(applies(Change.put("new", LONG_TTL).ifUnchanged(read))).isTrue();
        assertThat(applies(Change.put("newer", LONG_TTL).ifUnchanged(read))).isFalse();
    }

    private void assertRemaining(@Nullable Entry<String> entry, Duration expected) {
        long millis = Objects.requireNonNull(entry, "entry").remainingMillis();
        long tolerance = contract.tolerance().toMillis();
        assertThat(millis).isBetween(expected.toMillis() - tolerance, expected.toMillis() + tolerance);
    }

    private boolean applies(Change<String> change) {
        return store.write(KEY, change).isApplied();
    }
}
