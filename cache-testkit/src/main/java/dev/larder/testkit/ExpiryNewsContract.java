package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.store.Change;
import dev.larder.store.Outcome;
import dev.larder.store.Ttl;
import dev.larder.testkit.RecordingStoreListener.Kind;
import dev.larder.testkit.RecordingStoreListener.News;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is told that an entry expired: one outcome or the listener, and once. */
abstract class ExpiryNewsContract extends StoreFixture {

    private static final String KEY = "key";

    ExpiryNewsContract(StoreContract contract) {
        super(contract);
    }

    @Test
    void expiredEntryIsToldThoughNobodyTouchesIt() {
        assumeTellsExpiry();
        put(KEY, "value", shortTtl);

        advanceTo(ttl);
        settle();

        eventually(() -> assertThat(listener.keys(Kind.EXPIRED)).containsExactly(KEY));
    }

    @Test
    void expiredEntryIsToldWithItsValue() {
        assumeTellsValues();
        put(KEY, "value", shortTtl);

        advanceTo(ttl);
        settle();

        eventually(() -> assertThat(listener.news(Kind.EXPIRED))
                .extracting(News::entry)
                .extracting(StoreFixture::valueOf)
                .containsExactly("value"));
    }

    @Test
    void entryIsNotToldBeforeItsDeadline() {
        put(KEY, "value", shortTtl);

        advanceToJustBefore(ttl);

        assertThat(listener.news()).isEmpty();
    }

    @Test
    void entryToldToTheListenerIsInNoOutcomeLater() {
        assumeTellsExpiry();
        put(KEY, "value", shortTtl);
        advanceTo(ttl);
        settle();
        eventually(() -> assertThat(timesTold(KEY)).isOne());

        store.read(KEY);
        Outcome<String> outcome = put(KEY, "new");
        settle();

        assertThat(outcome.expired()).isNull();
        assertThat(timesTold(KEY)).isOne();
    }

    @Test
    void entryToldInAnOutcomeIsNotToldToTheListenerLater() {
        assumeTellsValues();
        put(KEY, "value", shortTtl);
        advanceUnswept(ttl);

        Outcome<String> outcome = put(KEY, "new");
        settle();

        assertThat((outcome.expired() == null ? 0 : 1) + timesTold(KEY)).isOne();
    }

    @Test
    void deadEntryReadManyTimesIsToldOnce() {
        assumeTellsExpiry();
        put(KEY, "value", shortTtl);
        advanceUnswept(ttl);

        for (int i = 0; i < 10; i++) {
            store.read(KEY);
            store.readAndTouch(KEY, LONG_TTL);
            store.readAll(Set.of(KEY), LONG_TTL);
        }
        settle();

        eventually(() -> assertThat(timesTold(KEY)).isOne());
    }

    @Test
    void deadEntryInTheWayOfAnExpiredPutIsToldOnce() {
        assumeTellsValues();
        put(KEY, "value", shortTtl);
        advanceUnswept(ttl);

        Outcome<String> outcome = put(KEY, "new", Ttl.EXPIRED);
        settle();

        eventually(() ->
                assertThat((outcome.expired() == null ? 0 : 1) + timesTold(KEY)).isOne());
    }

    @Test
    void eachOfManyEntriesIsToldOnce() {
        assumeTellsExpiry();
        List<String> keys = IntStream.range(0, 1_000).mapToObj(i -> "key " + i).toList();
        for (int i = 0; i < keys.size(); i++) {
            put(keys.get(i), "value", Ttl.ofMillis(shortTtl.millis() + i % 50));
        }

        advanceTo(ttl.plusMillis(50));
        settle();

        eventually(() -> assertThat(listener.keys(Kind.EXPIRED)).containsExactlyInAnyOrderElementsOf(keys));
    }

    @Test
    void entriesThatDieOneAfterTheOtherAreEachTold() {
        assumeTellsExpiry();
        put("first", "value", shortTtl);
        put("second", "value", Ttl.of(ttl.multipliedBy(2)));

        advanceTo(ttl);
        settle();
        eventually(() -> assertThat(listener.keys(Kind.EXPIRED)).containsExactly("first"));

        advanceTo(ttl);
        settle();
        eventually(() -> assertThat(listener.keys(Kind.EXPIRED)).containsExactly("first", "second"));
    }

    @Test
    void touchedEntryIsToldAtItsLastDeadlineOnly() {
        assumeTellsExpiry();
        put(KEY, "value", shortTtl);
        advance(ttl.dividedBy(2));
        store.readAndTouch(KEY, shortTtl);

        advanceToJustBefore(ttl);
        assertThat(timesTold(KEY)).isZero();

        advanceFromJustBeforeToDeadline();
        settle();
        eventually(() -> assertThat(timesTold(KEY)).isOne());
    }

    @Test
    void entryWhoseDeadlineATouchBroughtNearerIsToldThen() {
        assumeTellsExpiry();
        put("eternal", "value", Ttl.ETERNAL);
        put("long-lived", "value", LONG_TTL);
        store.readAndTouch("eternal", shortTtl);
        store.write("long-lived", Change.touch(shortTtl));

        advanceTo(ttl);
        settle();

        eventually(() -> assertThat(listener.keys(Kind.EXPIRED)).containsExactlyInAnyOrder("eternal", "long-lived"));
    }

    @Test
    void entryThatIsRemovedReplacedOrClearedIsNeverTold() {
        put("removed", "value", shortTtl);
        put("replaced", "value", shortTtl);
        put("cleared", "value", shortTtl);
        remove("removed");
        put("replaced", "new", Ttl.ETERNAL);
        store.clear();

        advanceTo(ttl);
        settle();

        assertThat(listener.news()).isEmpty();
    }

    @Test
    void whatTheCallerDoesIsNoNews() {
        put(KEY, "value");
        put(KEY, "new", Ttl.EXPIRED);
        put(KEY, "value");
        remove(KEY);
        store.clear();
        settle();

        assertThat(listener.news()).isEmpty();
    }

    @Test
    void entryTouchedWithExpiredTtlIsToldInTheOutcome() {
        assumeTellsValues();
        put(KEY, "value");

        Outcome<String> outcome = store.write(KEY, Change.touch(Ttl.EXPIRED));
        settle();

        assertThat(valueOf(outcome.expired())).isEqualTo("value");
        assertThat(timesTold(KEY)).isZero();
    }

    @Test
    void entryMismatchedWithExpiredTtlIsToldInTheOutcome() {
        assumeTellsValues();
        put(KEY, "value");

        Outcome<String> outcome = store.write(
                KEY, Change.put("new", Ttl.ETERNAL).ifValue("another").onMismatchTouch(Ttl.EXPIRED));
        settle();

        assertThat(outcome.isApplied()).isFalse();
        assertThat(valueOf(outcome.expired())).isEqualTo("value");
        assertThat(timesTold(KEY)).isZero();
    }

    @Test
    void entryReadForTheLastTimeIsToldToTheListener() {
        assumeTellsExpiry();
        put("one", "value", shortTtl);
        put("two", "value", Ttl.ETERNAL);

        store.readAndTouch("one", Ttl.EXPIRED);
        store.readAll(Set.of("two"), Ttl.EXPIRED);

        eventually(() -> assertThat(listener.keys(Kind.EXPIRED)).containsExactly("one", "two"));
        advanceTo(ttl);
        settle();
        assertThat(listener.keys(Kind.EXPIRED)).containsExactly("one", "two");
    }

    @Test
    void storeWithoutListenerExpiresEntriesAllTheSame() {
        var silent = openOther(String.class);
        silent.write(KEY, Change.put("value", shortTtl));

        contract.advance(silent, ttl.plus(contract.tolerance()).plus(Duration.ofSeconds(1)));

        assertThat(silent.read(KEY)).isNull();
    }
}
