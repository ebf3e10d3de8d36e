package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.LeaseResult.Status;
import dev.larder.store.Outcome;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.Ttl;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Until when an entry lives: what each TTL does on creation, update and touch, and that deadlines are kept to the millisecond. */
abstract class ExpiryContract extends StoreFixture {

    private static final String KEY = "key";

    ExpiryContract(StoreContract contract) {
        super(contract);
    }

    /** A way to find out whether the store takes an entry, read before, for live. */
    enum Look {
        READ((test, entry) -> test.store.read(KEY) != null),
        READ_LATEST((test, entry) -> test.store.readLatest(KEY) != null),
        READ_AND_TOUCH((test, entry) -> test.store.readAndTouch(KEY, LONG_TTL) != null),
        READ_AND_TOUCH_UNCHANGED((test, entry) -> test.store.readAndTouch(KEY, Ttl.UNCHANGED) != null),
        READ_AND_TOUCH_ETERNAL((test, entry) -> test.store.readAndTouch(KEY, Ttl.ETERNAL) != null),
        READ_AND_TOUCH_EXPIRED((test, entry) -> test.store.readAndTouch(KEY, Ttl.EXPIRED) != null),
        READ_ALL((test, entry) -> test.store.readAll(Set.of(KEY), Ttl.UNCHANGED).containsKey(KEY)),
        READ_ALL_AND_TOUCH(
                (test, entry) -> test.store.readAll(Set.of(KEY), LONG_TTL).containsKey(KEY)),
        SCAN((test, entry) -> test.scan().containsKey(KEY)),
        LEASE((test, entry) -> test.lease(KEY).status() == Status.PRESENT),
        LEASE_OVER((test, entry) -> test.store.lease(KEY, entry, LONG).isGranted()),
        PUT((test, entry) -> test.put(KEY, "new").effect() == Effect.UPDATED),
        PUT_RETURNING_PREVIOUS((test, entry) -> test.finds(Change.put("new", Ttl.ETERNAL))),
        PUT_IF_ABSENT(
                (test, entry) -> !test.applies(Change.put("new", Ttl.ETERNAL).ifAbsent())),
        PUT_IF_PRESENT(
                (test, entry) -> test.applies(Change.put("new", Ttl.ETERNAL).ifPresent())),
        PUT_IF_VALUE(
                (test, entry) -> test.applies(Change.put("new", Ttl.ETERNAL).ifValue("old"))),
        PUT_IF_UNCHANGED(
                (test, entry) -> test.applies(Change.put("new", Ttl.ETERNAL).ifUnchanged(entry))),
        REFUSED_PUT((test, entry) -> test.finds(Change.put("new", Ttl.ETERNAL).ifValue("another"))),
        REMOVE((test, entry) -> test.remove(KEY).effect() == Effect.REMOVED),
        REMOVE_IF_VALUE((test, entry) -> test.applies(Change.<String>remove().ifValue("old"))),
        REMOVE_IF_UNCHANGED(
                (test, entry) -> test.applies(Change.<String>remove().ifUnchanged(entry))),
        TOUCH((test, entry) -> test.applies(Change.<String>touch(LONG_TTL).tellingEffect())),
        TOUCH_IF_VALUE(
                (test, entry) -> test.applies(Change.<String>touch(LONG_TTL).ifValue("old"))),
        TOUCH_IF_UNCHANGED(
                (test, entry) -> test.applies(Change.<String>touch(LONG_TTL).ifUnchanged(entry))),
        MISMATCH_TOUCH((test, entry) ->
                test.finds(Change.put("new", Ttl.ETERNAL).ifValue("another").onMismatchTouch(LONG_TTL)));

        @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
        private final BiPredicate<ExpiryContract, Entry<String>> look;

        Look(BiPredicate<ExpiryContract, Entry<String>> look) {
            this.look = look;
        }

        boolean sees(ExpiryContract test, Entry<String> entry) {
            if (this == SCAN) {
                test.assumeScans();
            }
            if (this == LEASE || this == LEASE_OVER) {
                test.assumeLeases();
            }
            return look.test(test, entry);
        }
    }

    private boolean applies(Change<String> change) {
        return store.write(KEY, change).isApplied();
    }

    private boolean finds(Change<String> change) {
        return store.write(KEY, change.returningPrevious()).previous() != null;
    }

    @ParameterizedTest
    @EnumSource
    void entryIsLiveOneMillisecondBeforeItsDeadline(Look look) {
        put(KEY, "old", shortTtl);
        Entry<String> entry = readLive(KEY);

        advanceToJustBefore(ttl);

        assertThat(look.sees(this, entry)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void entryIsDeadAtItsDeadline(Look look) {
        put(KEY, "old", shortTtl);
        Entry<String> entry = readLive(KEY);

        advanceTo(ttl);

        assertThat(look.sees(this, entry)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void entryIsDeadAtItsDeadlineThoughTheTimerIsLate(Look look) {
        put(KEY, "old", shortTtl);
        Entry<String> entry = readLive(KEY);

        advanceUnswept(ttl);

        assertThat(look.sees(this, entry)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = ".*TOUCH.*")
    void deadEntryIsNotBroughtBackByATouch(Look touch) {
        put(KEY, "old", shortTtl);
        Entry<String> entry = readLive(KEY);
        advanceUnswept(ttl);

        touch.sees(this, entry);

        assertThat(valueOf(KEY)).isNull();
    }

    @Test
    void eternalEntryStaysAlive() {
        put(KEY, "value", Ttl.ETERNAL);

        advance(ttl.multipliedBy(3));

        assertThat(valueOf(KEY)).isEqualTo("value");
    }

    @Test
    void newEntryWithUnchangedTtlIsEternal() {
        put(KEY, "value", Ttl.UNCHANGED);

        advance(ttl.multipliedBy(3));

        assertThat(valueOf(KEY)).isEqualTo("value");
    }

    @Test
    void newEntryAfterAnExpiredOneDoesNotInheritItsDeadline() {
        put(KEY, "old", shortTtl);
        advanceUnswept(ttl);

        put(KEY, "new", Ttl.UNCHANGED);

        assertThat(valueOf(KEY)).isEqualTo("new");
    }

    @Test
    void newEntryThatIsAlreadyExpiredIsNotStored() {
        Outcome<String> outcome = put(KEY, "value", Ttl.EXPIRED);

        assertThat(outcome.effect()).isEqualTo(Effect.NOT_STORED);
        assertThat(outcome.expired()).isNull();
        assertThat(valueOf(KEY)).isNull();
    }

    @Test
    void putIfAbsentThatIsAlreadyExpiredIsNotStored() {
        Outcome<String> outcome =
                store.write(KEY, Change.put("value", Ttl.EXPIRED).ifAbsent().tellingEffect());

        assertThat(outcome.effect()).isEqualTo(Effect.NOT_STORED);
        assertThat(valueOf(KEY)).isNull();
    }

    @Test
    void updateThatIsAlreadyExpiredTakesTheEntryAway() {
        put(KEY, "old");

        Outcome<String> outcome =
                store.write(KEY, Change.put("new", Ttl.ETERNAL, Ttl.EXPIRED).returningPrevious());

        assertThat(outcome.effect()).isEqualTo(Effect.NOT_STORED);
        assertThat(valueOf(outcome.previous())).isEqualTo("old");
        assertThat(outcome.expired()).as("it was replaced, not expired").isNull();
        assertThat(valueOf(KEY)).isNull();
    }

    @Test
    void putTakesTheTtlOfCreationWhereNothingWas() {
        store.write(KEY, Change.put("value", shortTtl, Ttl.EXPIRED));
        assertThat(valueOf(KEY)).isEqualTo("value");

        advanceTo(ttl);

        assertThat(valueOf(KEY)).isNull();
    }

    @Test
    void putTakesTheTtlOfUpdateWhereAnEntryWas() {
        put(KEY, "old");
        store.write(KEY, Change.put("new", Ttl.EXPIRED, shortTtl));
        assertThat(valueOf(KEY)).isEqualTo("new");

        advanceTo(ttl);

        assertThat(valueOf(KEY)).isNull();
    }

    @Test
    void putTakesTheTtlOfCreationWhereAnEntryExpired() {
        put(KEY, "old", shortTtl);
        advanceUnswept(ttl);

        Outcome<String> outcome =
                store.write(KEY, Change.put("new", Ttl.ETERNAL, Ttl.EXPIRED).tellingEffect());

        assertThat(outcome.effect()).isEqualTo(Effect.CREATED);
        assertThat(valueOf(KEY)).isEqualTo("new");
    }

    @Test
    void updateStartsItsTtlAnew() {
        put(KEY, "old", shortTtl);
        advance(ttl.dividedBy(2));
        put(KEY, "new", shortTtl);

        advanceToJustBefore(ttl);
        assertThat(valueOf(KEY)).isEqualTo("new");

        advanceFromJustBeforeToDeadline();
        assertThat(valueOf(KEY)).isNull();
    }

    @Test
    void updateWithUnchangedTtlKeepsTheDeadline() {
        put(KEY, "old", shortTtl);
        advance(ttl.dividedBy(2));
        put(KEY, "new", Ttl.UNCHANGED);

        advanceToJustBefore(ttl.minus(ttl.dividedBy(2)));
        assertThat(valueOf(KEY)).isEqualTo("new");

        advanceFromJustBeforeToDeadline();
        assertThat(valueOf(KEY)).isNull();
    }

    @Test
    void updateWithUnchangedTtlKeepsTheDeadlineThatATouchMoved() {
        put(KEY, "old", shortTtl);
        store.readAndTouch(KEY, LONG_TTL);
        put(KEY, "new", Ttl.UNCHANGED);

        advanceTo(ttl);

        assertThat(valueOf(KEY)).isEqualTo("new");
    }

    @Test
    void updateWithUnchangedTtlLeavesAnEternalEntryEternal() {
        put(KEY, "old", Ttl.ETERNAL);
        put(KEY, "new", Ttl.UNCHANGED);

        advance(ttl.multipliedBy(3));

        assertThat(valueOf(KEY)).isEqualTo("new");
    }

    @Test
    void updateTurnsAnEternalEntryFinite() {
        put(KEY, "old", Ttl.ETERNAL);
        put(KEY, "new", shortTtl);

        advanceTo(ttl);

        assertThat(valueOf(KEY)).isNull();
    }

    @Test
    void updateTurnsAFiniteEntryEternal() {
        put(KEY, "old", shortTtl);
        put(KEY, "new", Ttl.ETERNAL);

        advanceTo(ttl);

        assertThat(valueOf(KEY)).isEqualTo("new");
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE - 1, Long.MAX_VALUE / 2, Long.MAX_VALUE / 1_000_000})
    void hugeTtlDoesNotOverflow(long millis) {
        put(KEY, "value", Ttl.ofMillis(millis));
        put("touched", "value", shortTtl);
        store.readAndTouch("touched", Ttl.ofMillis(millis));
        put("written", "value", shortTtl);
        store.write("written", Change.touch(Ttl.ofMillis(millis)));

        advance(ttl.multipliedBy(3));

        assertThat(List.of(KEY, "touched", "written"))
                .allSatisfy(key -> assertThat(valueOf(key)).isEqualTo("value"));
    }
}
