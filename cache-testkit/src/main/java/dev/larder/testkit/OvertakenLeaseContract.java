package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Lease;
import dev.larder.store.LeaseResult;
import dev.larder.store.Outcome;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.StoreContext;
import dev.larder.store.Ttl;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What voids a lease, and what leaves it alone. */
abstract class OvertakenLeaseContract extends StoreFixture {

    private static final String KEY = "key";

    OvertakenLeaseContract(StoreContract contract) {
        super(contract);
    }

    @Override
    StoreContext<String, String> settings(StoreContext<String, String> usual) {
        return usual.withLeases(true);
    }

    /** What another does to a key whose filling is leased. */
    enum Overtaking {
        PUT(test -> test.put(KEY, "other")),
        PUT_IF_ABSENT(
                test -> test.store.write(KEY, Change.put("other", Ttl.ETERNAL).ifAbsent())),
        EXPIRED_PUT(test -> test.put(KEY, "other", Ttl.EXPIRED)),
        REMOVE(test -> test.remove(KEY)),
        CLEAR(test -> test.store.clear()),
        PUT_AND_REMOVE(test -> {
            test.put(KEY, "other");
            test.remove(KEY);
        }),
        PUT_AND_REMOVE_IF_VALUE(test -> {
            test.put(KEY, "other");
            test.store.write(KEY, Change.<String>remove().ifValue("other"));
        }),
        PUT_AND_EXPIRY(test -> {
            test.put(KEY, "other", test.shortTtl);
            test.advanceTo(test.ttl);
        }),
        PUT_AND_CLEAR(test -> {
            test.put(KEY, "other");
            test.store.clear();
        });

        @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
        private final Consumer<OvertakenLeaseContract> act;

        Overtaking(Consumer<OvertakenLeaseContract> act) {
            this.act = act;
        }
    }

    @ParameterizedTest
    @EnumSource
    void fillIsRefusedOnceOvertaken(Overtaking overtaking) {
        Lease lease = lease(KEY).requireLease();

        overtaking.act.accept(this);

        String value = valueOf(KEY);
        assertThat(fill(lease).effect()).isEqualTo(value == null ? Effect.ABSENT : Effect.MISMATCH);
        assertThat(valueOf(KEY)).isEqualTo(value);
    }

    @ParameterizedTest
    @EnumSource
    void overtakenLeaseCannotBeProlonged(Overtaking overtaking) {
        Lease lease = lease(KEY).requireLease();

        overtaking.act.accept(this);

        assertThat(prolong(lease, LONG_TTL).isApplied()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"PUT", "PUT_IF_ABSENT"})
    void keyOfAnOvertakenLeaseMayBeLeasedAtOnce(Overtaking overtaking) {
        Lease lease = lease(KEY).requireLease();

        overtaking.act.accept(this);

        Lease second = lease(KEY).requireLease();
        assertThat(store.write(KEY, Change.<String>remove().ifUnchanged(lease)).isApplied())
                .as("the first lease releases the second")
                .isFalse();
        assertThat(fill(second).effect()).isEqualTo(Effect.CREATED);
    }

    /** What another does to an entry whose replacement is leased. */
    enum Replacing {
        PUT((test, entry) -> test.put(KEY, "other")),
        PUT_IF_PRESENT((test, entry) ->
                test.store.write(KEY, Change.put("other", Ttl.ETERNAL).ifPresent())),
        PUT_IF_VALUE((test, entry) ->
                test.store.write(KEY, Change.put("other", Ttl.ETERNAL).ifValue("value"))),
        PUT_IF_UNCHANGED((test, entry) ->
                test.store.write(KEY, Change.put("other", Ttl.ETERNAL).ifUnchanged(entry))),
        PUT_OF_THE_SAME_VALUE((test, entry) -> test.put(KEY, "value")),
        EXPIRED_PUT((test, entry) -> test.put(KEY, "other", Ttl.EXPIRED)),
        REMOVE((test, entry) -> test.remove(KEY)),
        REMOVE_IF_VALUE(
                (test, entry) -> test.store.write(KEY, Change.<String>remove().ifValue("value"))),
        REMOVE_IF_UNCHANGED(
                (test, entry) -> test.store.write(KEY, Change.<String>remove().ifUnchanged(entry))),
        EXPIRED_TOUCH((test, entry) -> test.store.write(KEY, Change.touch(Ttl.EXPIRED))),
        LAST_READ((test, entry) -> test.store.readAndTouch(KEY, Ttl.EXPIRED)),
        EXPIRY((test, entry) -> {
            test.store.readAndTouch(KEY, test.shortTtl);
            test.advanceTo(test.ttl);
        }),
        CLEAR((test, entry) -> test.store.clear()),
        CLEAR_AND_PUT((test, entry) -> {
            test.store.clear();
            test.put(KEY, "value");
        });

        @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
        private final BiConsumer<OvertakenLeaseContract, Entry<String>> act;

        Replacing(BiConsumer<OvertakenLeaseContract, Entry<String>> act) {
            this.act = act;
        }
    }

    @ParameterizedTest
    @EnumSource
    void replacementIsRefusedOnceOvertaken(Replacing replacing) {
        put(KEY, "value");
        Entry<String> entry = readLive(KEY);
        Lease lease = leaseOver(entry).requireLease();

        replacing.act.accept(this, entry);

        String value = valueOf(KEY);
        assertThat(fill(lease).isApplied()).isFalse();
        assertThat(valueOf(KEY)).isEqualTo(value);
    }

    @ParameterizedTest
    @EnumSource
    void overtakenLeaseOverAnEntryCannotBeProlonged(Replacing replacing) {
        put(KEY, "value");
        Entry<String> entry = readLive(KEY);
        Lease lease = leaseOver(entry).requireLease();

        replacing.act.accept(this, entry);

        assertThat(prolong(lease, LONG_TTL).isApplied()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void keyOfAnOvertakenLeaseOverAnEntryMayBeLeasedAtOnce(Replacing replacing) {
        put(KEY, "value");
        Entry<String> entry = readLive(KEY);
        Lease lease = leaseOver(entry).requireLease();

        replacing.act.accept(this, entry);

        Lease second = store.lease(KEY, store.read(KEY), LONG).requireLease();
        assertThat(fill(lease).isApplied()).isFalse();
        assertThat(fill(second).isApplied()).isTrue();
    }

    /** What another does that changes neither a leased key without an entry nor an entry that is there. */
    enum Harmless {
        READ(test -> test.store.read(KEY)),
        READ_ALL(test -> test.store.readAll(Set.of(KEY), Ttl.UNCHANGED)),
        READ_AND_TOUCH(test -> test.store.readAndTouch(KEY, LONG_TTL)),
        TOUCH(test -> test.store.write(KEY, Change.touch(LONG_TTL))),
        TOUCH_IF_PRESENT(
                test -> test.store.write(KEY, Change.<String>touch(LONG_TTL).ifPresent())),
        REFUSED_LEASE(test -> test.lease(KEY)),
        PUT_IF_ANOTHER_VALUE(
                test -> test.store.write(KEY, Change.put("other", Ttl.ETERNAL).ifValue("another"))),
        PUT_IF_ANOTHER_ENTRY(
                test -> test.store.write(KEY, Change.put("other", Ttl.ETERNAL).ifUnchanged(test.goneEntry()))),
        REMOVE_IF_ANOTHER_VALUE(
                test -> test.store.write(KEY, Change.<String>remove().ifValue("another"))),
        REMOVE_IF_ANOTHER_ENTRY(
                test -> test.store.write(KEY, Change.<String>remove().ifUnchanged(test.goneEntry()))),
        PUT_OF_ANOTHER_KEY(test -> test.put("other", "value")),
        REMOVE_OF_ANOTHER_KEY(test -> test.remove("other"));

        @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
        private final Consumer<OvertakenLeaseContract> act;

        Harmless(Consumer<OvertakenLeaseContract> act) {
            this.act = act;
        }
    }

    private Entry<String> goneEntry() {
        put("gone", "value");
        Entry<String> entry = readLive("gone");
        remove("gone");
        return entry;
    }

    @ParameterizedTest
    @EnumSource
    void rightToFillOutlastsWhatIsHarmless(Harmless harmless) {
        Lease lease = lease(KEY).requireLease();

        harmless.act.accept(this);

        assertThat(lease.isHeld()).isTrue();
        assertThat(fill(lease).effect()).isEqualTo(Effect.CREATED);
    }

    @ParameterizedTest
    @EnumSource
    void rightToReplaceOutlastsWhatIsHarmless(Harmless harmless) {
        put(KEY, "value");
        Lease lease = leaseOver(readLive(KEY)).requireLease();

        harmless.act.accept(this);

        assertThat(lease.isHeld()).isTrue();
        assertThat(fill(lease).effect()).isEqualTo(Effect.UPDATED);
    }

    /** A change that needs a live entry and so cannot apply to a leased key. */
    enum Refused {
        PUT_IF_PRESENT(Change.put("other", Ttl.ETERNAL).ifPresent()),
        PUT_IF_VALUE(Change.put("other", Ttl.ETERNAL).ifValue("value")),
        REMOVE_IF_PRESENT(Change.<String>remove().ifPresent()),
        REMOVE_IF_VALUE(Change.<String>remove().ifValue("value")),
        TOUCH(Change.touch(LONG_TTL)),
        EXPIRED_TOUCH(Change.touch(Ttl.EXPIRED));

        @SuppressWarnings("ImmutableEnumChecker") // a change never alters
        private final Change<String> change;

        Refused(Change<String> change) {
            this.change = change;
        }
    }

    @ParameterizedTest
    @EnumSource
    void rightToFillOutlastsAChangeThatNeedsAnEntry(Refused refused) {
        Lease lease = lease(KEY).requireLease();

        assertThat(store.write(KEY, refused.change.tellingEffect()).effect()).isEqualTo(Effect.ABSENT);

        assertThat(fill(lease).effect()).isEqualTo(Effect.CREATED);
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
