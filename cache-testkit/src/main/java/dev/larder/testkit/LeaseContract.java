package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Lease;
import dev.larder.store.LeaseResult;
import dev.larder.store.LeaseResult.Status;
import dev.larder.store.Outcome;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.StoreContext;
import dev.larder.store.Ttl;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

// Over 400 lines: one test after another, all of one rule, with the few words they share.
/** Who gets a lease, what its holder may do with it, and how long it stands. */
abstract class LeaseContract extends StoreFixture {

    private static final String KEY = "key";

    LeaseContract(StoreContract contract) {
        super(contract);
    }

    @Override
    StoreContext<String, String> settings(StoreContext<String, String> usual) {
        return usual.withLeases(true);
    }

    // --- who gets one

    @Test
    void leaseOfAnAbsentKeyIsGranted() {
        LeaseResult<String> result = lease(KEY);

        assertThat(result.status()).isEqualTo(Status.GRANTED);
        assertThat(result.requireLease().isHeld()).isTrue();
    }

    @Test
    void leaseOfAPresentKeyIsAnsweredWithTheEntry() {
        put(KEY, "value");

        LeaseResult<String> result = lease(KEY);

        assertThat(result.status()).isEqualTo(Status.PRESENT);
        assertThat(valueOf(result.entry())).isEqualTo("value");
    }

    @Test
    void leaseOfAnExpiredKeyIsGranted() {
        put(KEY, "value", shortTtl);
        advanceUnswept(ttl);

        assertThat(lease(KEY).status()).isEqualTo(Status.GRANTED);
    }

    @Test
    void leaseThatAnotherHoldsIsBusy() {
        lease(KEY);

        assertThat(lease(KEY).status()).isEqualTo(Status.BUSY);
        assertThat(lease("other").status()).isEqualTo(Status.GRANTED);
    }

    @Test
    void leaseToWriteVoidsALeaseToFill() {
        Lease toFill = lease(KEY).requireLease();

        Lease toWrite = store.leaseToWrite(KEY, null, LONG).requireLease();

        assertThat(fill(toFill).effect()).isEqualTo(Effect.ABSENT);
        assertThat(fill(toWrite).effect()).isEqualTo(Effect.CREATED);
    }

    @Test
    void leaseToWriteVoidsALeaseToRefreshAndLeavesTheEntry() {
        put(KEY, "value");
        Lease toRefresh = leaseOver(readLive(KEY)).requireLease();

        Lease toWrite = store.leaseToWrite(KEY, readLive(KEY), LONG).requireLease();

        assertThat(valueOf(KEY)).isEqualTo("value");
        assertThat(fill(toRefresh).effect()).isEqualTo(Effect.MISMATCH);
        assertThat(fill(toWrite).effect()).isEqualTo(Effect.UPDATED);
    }

    @Test
    void leaseToWriteStandsInTheWayOfAnyOther() {
        Lease first = store.leaseToWrite(KEY, null, LONG).requireLease();

        assertThat(store.leaseToWrite(KEY, null, LONG).status()).isEqualTo(Status.BUSY);
        assertThat(lease(KEY).status()).isEqualTo(Status.BUSY);
        assertThat(fill(first).effect()).isEqualTo(Effect.CREATED);
    }

    @Test
    void leaseToWriteIsRefusedAsAnyOther() {
        put(KEY, "value");
        Entry<String> old = readLive(KEY);
        put(KEY, "new");

        assertThat(store.leaseToWrite(KEY, null, LONG).status()).isEqualTo(Status.PRESENT);
        assertThat(store.leaseToWrite(KEY, old, LONG).status()).isEqualTo(Status.PRESENT);
        remove(KEY);
        assertThat(store.leaseToWrite(KEY, old, LONG).status()).isEqualTo(Status.ABSENT);
    }

    @Test
    void leaseOverTheExpectedEntryIsGranted() {
        put(KEY, "value");

        assertThat(leaseOver(readLive(KEY)).status()).isEqualTo(Status.GRANTED);
        assertThat(leaseOver(readLive(KEY)).status()).isEqualTo(Status.BUSY);
    }

    @Test
    void leaseOverATouchedEntryIsGranted() {
        put(KEY, "value");
        Entry<String> entry = readLive(KEY);
        store.readAndTouch(KEY, LONG_TTL);

        assertThat(leaseOver(entry).status()).isEqualTo(Status.GRANTED);
    }

    @Test
    void leaseOverAnotherEntryThanExpectedIsAnsweredWithThatEntry() {
        put(KEY, "value");
        Entry<String> entry = readLive(KEY);
        put(KEY, "new");

        LeaseResult<String> result = leaseOver(entry);

        assertThat(result.status()).isEqualTo(Status.PRESENT);
        assertThat(valueOf(result.entry())).isEqualTo("new");
    }

    @Test
    void leaseOverAnEntryThatIsGoneIsAbsent() {
        put(KEY, "value");
        Entry<String> removed = readLive(KEY);
        remove(KEY);
        assertThat(leaseOver(removed).status()).isEqualTo(Status.ABSENT);

        put(KEY, "value", shortTtl);
        Entry<String> expired = readLive(KEY);
        advanceUnswept(ttl);
        assertThat(leaseOver(expired).status()).isEqualTo(Status.ABSENT);
    }

    @Test
    void leaseOfAStoreOpenedWithoutLeasesIsAnError() {
        reopenStore(usual -> usual.withLeases(false));

        assertThatThrownBy(() -> lease(KEY)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.leaseToWrite(KEY, null, LONG)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.leaseAll(Set.of(KEY), LONG)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void leasedKeyIsAbsentToEveryReader() {
        lease(KEY);

        assertThat(store.read(KEY)).isNull();
        assertThat(store.readLatest(KEY)).isNull();
        assertThat(store.readAndTouch(KEY, LONG_TTL)).isNull();
        assertThat(store.readAll(Set.of(KEY), Ttl.UNCHANGED)).isEmpty();
        if (store.traits().scans()) {
            assertThat(scan()).isEmpty();
        }
    }

    @Test
    void entryUnderALeaseIsReadByOthers() {
        put(KEY, "value");
        leaseOver(readLive(KEY));

        assertThat(valueOf(KEY)).isEqualTo("value");
        assertThat(store.readAll(Set.of(KEY), Ttl.UNCHANGED)).containsOnlyKeys(KEY);
        if (store.traits().scans()) {
            assertThat(scan()).containsOnlyKeys(KEY);
        }
    }

    // --- what its holder may do

    @Test
    void holderFillsTheKey() {
        Lease lease = lease(KEY).requireLease();

        assertThat(fill(lease).effect()).isEqualTo(Effect.CREATED);
        assertThat(valueOf(KEY)).isEqualTo("filled");
    }

    @Test
    void filledEntryLivesAsLongAsItsTtl() {
        Lease lease = lease(KEY).requireLease();
        store.write(KEY, Change.put("filled", shortTtl).ifUnchanged(lease));

        advanceToJustBefore(ttl);
        assertThat(valueOf(KEY)).isEqualTo("filled");

        advanceFromJustBeforeToDeadline();
        assertThat(valueOf(KEY)).isNull();
    }

    @Test
    void fillThatIsAlreadyExpiredIsNotStoredAndUsesTheLeaseUp() {
        Lease lease = lease(KEY).requireLease();

        Outcome<String> outcome = store.write(
                KEY, Change.put("filled", Ttl.EXPIRED).ifUnchanged(lease).tellingEffect());

        assertThat(outcome.effect()).isEqualTo(Effect.NOT_STORED);
        assertThat(valueOf(KEY)).isNull();
        assertThat(lease(KEY).isGranted()).isTrue();
    }

    @Test
    void holderReplacesTheEntry() {
        put(KEY, "value");
        Lease lease = leaseOver(readLive(KEY)).requireLease();

        Outcome<String> outcome = store.write(
                KEY, Change.put("new", Ttl.ETERNAL).ifUnchanged(lease).returningPrevious());

        assertThat(outcome.effect()).isEqualTo(Effect.UPDATED);
        assertThat(valueOf(outcome.previous())).isEqualTo("value");
        assertThat(valueOf(KEY)).isEqualTo("new");
    }

    @Test
    void holderReplacesTheEntryAndKeepsItsDeadline() {
        put(KEY, "value", shortTtl);
        Lease lease = leaseOver(readLive(KEY)).requireLease();
        store.write(KEY, Change.put("new", Ttl.UNCHANGED).ifUnchanged(lease));
        assertThat(valueOf(KEY)).isEqualTo("new");

        advanceTo(ttl);

        assertThat(valueOf(KEY)).isNull();
    }

    @Test
    void holderRemovesTheEntry() {
        put(KEY, "value");
        Lease lease = leaseOver(readLive(KEY)).requireLease();

        Outcome<String> outcome =
                store.write(KEY, Change.<String>remove().ifUnchanged(lease).returningPrevious());

        assertThat(outcome.effect()).isEqualTo(Effect.REMOVED);
        assertThat(valueOf(outcome.previous())).isEqualTo("value");
        assertThat(valueOf(KEY)).isNull();
        assertThat(lease(KEY).isGranted()).isTrue();
    }

    @Test
    void holderGivesTheRightToFillBack() {
        Lease lease = lease(KEY).requireLease();

        assertThat(store.write(KEY, Change.<String>remove().ifUnchanged(lease)).isApplied())
                .isTrue();

        assertThat(lease(KEY).isGranted()).isTrue();
        assertThat(fill(lease).isApplied()).isFalse();
    }

    @Test
    void holderGivesTheRightToReplaceBackAndLeavesTheEntry() {
        put(KEY, "value");
        Lease lease = leaseOver(readLive(KEY)).requireLease();

        assertThat(store.write(KEY, Change.<String>touch(Ttl.EXPIRED).ifUnchanged(lease))
                        .isApplied())
                .isTrue();

        assertThat(valueOf(KEY)).isEqualTo("value");
        assertThat(leaseOver(readLive(KEY)).isGranted()).isTrue();
        assertThat(fill(lease).isApplied()).isFalse();
    }

    @Test
    void leaseIsUsedUpByItsFill() {
        Lease lease = lease(KEY).requireLease();
        fill(lease);
        remove(KEY);

        assertThat(fill(lease).isApplied()).isFalse();
        assertThat(valueOf(KEY)).isNull();
    }

    @Test
    void leaseIsUsedUpByTheUpdateOfItsEntry() {
        put(KEY, "value");
        Lease lease = leaseOver(readLive(KEY)).requireLease();
        fill(lease);

        assertThat(leaseOver(readLive(KEY)).isGranted()).isTrue();
        assertThat(fill(lease).isApplied()).isFalse();
    }

    @Test
    void leaseThatWasReleasedFillsNothing() {
        Lease lease = lease(KEY).requireLease();
        store.write(KEY, Change.<String>remove().ifUnchanged(lease));

        assertThat(fill(lease).effect()).isEqualTo(Effect.ABSENT);
        assertThat(valueOf(KEY)).isNull();
    }

    @Test
    void refusedFillTellsWhatIsThere() {
        Lease lease = lease(KEY).requireLease();
        put(KEY, "value");

        Outcome<String> outcome = store.write(
                KEY, Change.put("filled", Ttl.ETERNAL).ifUnchanged(lease).returningPrevious());

        assertThat(outcome.effect()).isEqualTo(Effect.MISMATCH);
        assertThat(valueOf(outcome.previous())).isEqualTo("value");
    }

    @Test
    void fillOverAnExpiredEntryTellsItOnce() {
        assumeTellsValues();
        put(KEY, "old", shortTtl);
        advanceUnswept(ttl);
        Lease lease = lease(KEY).requireLease();

        Outcome<String> outcome = fill(lease);
        settle();

        assertThat(outcome.effect()).isEqualTo(Effect.CREATED);
        assertThat((outcome.expired() == null ? 0 : 1) + timesTold(KEY)).isOne();
    }

    // --- its time

    @Test
    void leaseStandsUntilJustBeforeItsEnd() {
        Lease lease = store.lease(KEY, null, ttl).requireLease();

        advanceToJustBefore(ttl);

        assertThat(lease.isHeld()).isTrue();
        assertThat(store.lease(KEY, null, ttl).status()).isEqualTo(Status.BUSY);
        assertThat(fill(lease).effect()).isEqualTo(Effect.CREATED);
    }

    @Test
    void leaseLapsesAtItsEnd() {
        Lease lease = store.lease(KEY, null, ttl).requireLease();

        advanceTo(ttl);

        assertThat(fill(lease).effect()).isEqualTo(Effect.ABSENT);
        assertThat(lease.isHeld()).isFalse();
        assertThat(valueOf(KEY)).isNull();
    }

    @Test
    void leaseOverAnEntryLapsesAtItsEnd() {
        put(KEY, "value");
        Lease lease = store.lease(KEY, readLive(KEY), ttl).requireLease();

        advanceTo(ttl);

        boolean entryGoes = store.traits().outlivesCallers();
        assertThat(fill(lease).effect()).isEqualTo(entryGoes ? Effect.ABSENT : Effect.MISMATCH);
        assertThat(valueOf(KEY)).isEqualTo(entryGoes ? null : "value");
        assertThat((entryGoes ? lease(KEY) : leaseOver(readLive(KEY))).isGranted())
                .isTrue();
    }

    @Test
    void aLeaseThatIsGivenBackLeavesItsEntry() {
        put(KEY, "value");
        Lease lease = store.lease(KEY, readLive(KEY), ttl).requireLease();
        store.write(KEY, Change.<String>touch(Ttl.EXPIRED).ifUnchanged(lease));

        advanceTo(ttl);

        assertThat(valueOf(KEY)).isEqualTo("value");
    }

    @Test
    void anotherMayHaveTheLeaseOnceItLapsed() {
        Lease first = store.lease(KEY, null, ttl).requireLease();
        advanceTo(ttl);

        Lease second = lease(KEY).requireLease();

        assertThat(fill(first).isApplied()).isFalse();
        assertThat(prolong(first, LONG_TTL).isApplied()).isFalse();
        assertThat(store.write(KEY, Change.<String>remove().ifUnchanged(first)).isApplied())
                .isFalse();
        assertThat(second.isHeld()).isTrue();
        assertThat(fill(second).effect()).isEqualTo(Effect.CREATED);
    }

    @Test
    void holderProlongsTheLease() {
        Lease lease = store.lease(KEY, null, ttl).requireLease();
        advance(ttl.dividedBy(2));
        assertThat(prolong(lease, shortTtl).effect()).isEqualTo(Effect.TOUCHED);

        advanceToJustBefore(ttl);
        assertThat(lease.isHeld()).isTrue();
        assertThat(lease(KEY).status()).isEqualTo(Status.BUSY);

        advanceFromJustBeforeToDeadline();
        assertThat(fill(lease).effect()).isEqualTo(Effect.ABSENT);
    }

    @Test
    void holderProlongsTheLeaseOverAnEntryAndNotTheEntry() {
        put(KEY, "value", shortTtl);
        Lease lease = leaseOver(readLive(KEY)).requireLease();
        assertThat(prolong(lease, LONG_TTL).effect()).isEqualTo(Effect.TOUCHED);

        advanceTo(ttl);

        assertThat(valueOf(KEY)).isNull();
    }

    @Test
    void prolongingWithUnchangedTtlLeavesTheEnd() {
        Lease lease = store.lease(KEY, null, ttl).requireLease();
        assertThat(prolong(lease, Ttl.UNCHANGED).effect()).isEqualTo(Effect.TOUCHED);

        advanceTo(ttl);

        assertThat(fill(lease).effect()).isEqualTo(Effect.ABSENT);
    }

    @Test
    void lapsedLeaseCannotBeProlonged() {
        Lease lease = store.lease(KEY, null, ttl).requireLease();
        advanceTo(ttl);

        assertThat(prolong(lease, LONG_TTL).effect()).isEqualTo(Effect.ABSENT);
        assertThat(fill(lease).isApplied()).isFalse();
    }

    @Test
    void touchesOfOthersNeverProlongALease() {
        Lease lease = store.lease(KEY, null, ttl).requireLease();
        advance(ttl.dividedBy(2));
        store.readAndTouch(KEY, LONG_TTL);
        store.readAll(Set.of(KEY), LONG_TTL);
        store.write(KEY, Change.touch(LONG_TTL));
        store.write(KEY, Change.<String>touch(Ttl.ETERNAL).ifPresent());
        store.write(KEY, Change.put("other", Ttl.ETERNAL).ifValue("value").onMismatchTouch(LONG_TTL));

        advanceTo(ttl.minus(ttl.dividedBy(2)));

        assertThat(fill(lease).isApplied()).isFalse();
        assertThat(lease(KEY).isGranted()).isTrue();
    }

    @Test
    void leaseOfHugeLengthDoesNotOverflow() {
        Lease lease = store.lease(KEY, null, Duration.ofSeconds(Long.MAX_VALUE)).requireLease();

        advance(ttl);

        assertThat(lease.isHeld()).isTrue();
        assertThat(fill(lease).isApplied()).isTrue();
    }

    @Test
    void leaseIsNoNewsToTheListener() {
        store.lease("lapsed", null, ttl);
        fill(lease(KEY).requireLease());
        advanceTo(ttl);
        settle();

        assertThat(listener.news()).isEmpty();
    }

    private LeaseResult<String> leaseOver(Entry<String> entry) {
        return store.lease(KEY, entry, LONG);
    }

    private Outcome<String> fill(Lease lease) {
        return store.write(
                KEY, Change.put("filled", Ttl.ETERNAL).ifUnchanged(lease).tellingEffect());
    }

    private Outcome<String> prolong(Lease lease, Ttl by) {
        return store.write(KEY, Change.<String>touch(by).ifUnchanged(lease).tellingEffect());
    }
}
