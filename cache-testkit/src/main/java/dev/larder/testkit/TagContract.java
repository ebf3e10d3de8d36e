package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Lease;
import dev.larder.store.LeaseResult;
import dev.larder.store.Outcome;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.StoreContext;
import dev.larder.store.TagVersions;
import dev.larder.store.Tags;
import dev.larder.store.Ttl;
import dev.larder.testkit.RecordingStoreListener.Kind;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries with tags: absent once one of these is invalidated, unless their value is newer than that. */
abstract class TagContract extends StoreFixture {

    private static final String KEY = "key";
    private static final Tags RED = Tags.of(Set.of("red"));
    private static final Tags GREEN = Tags.of(Set.of("green"));

    /** Where values are loaded from; each change of it is followed by an invalidation of their tag. */
    private volatile int source;

    TagContract(StoreContract contract) {
        super(contract);
    }

    @Override
    StoreContext<String, String> settings(StoreContext<String, String> usual) {
        return usual.withLeases(true);
    }

    private void assumeTags() {
        assumeTrue(store.traits().tags(), "the store knows no tags");
    }

    private Outcome<String> putTagged(String key, String value, Ttl timeToLive, Tags tags) {
        return store.write(
                key,
                Change.put(value, timeToLive).withTags(tags).tellingEffect().returningPrevious());
    }

    private void invalidate(String... tags) {
        store.invalidateTags(Set.of(tags));
    }

    private Outcome<String> fill(Lease lease, String value, Tags tags) {
        return store.write(KEY, Change.put(value, Ttl.ETERNAL).withTags(tags).ifUnchanged(lease));
    }

    @Test
    void storeThatKnowsNoTagsSaysSo() {
        assumeFalse(store.traits().tags(), "the store knows tags");

        assertThatThrownBy(() -> invalidate("red")).isInstanceOf(UnsupportedOperationException.class);
    }

    /** A way to look for an entry. */
    enum Look {
        READ(test -> StoreFixture.valueOf(test.store.read(KEY))),
        READ_VALUE(test -> test.store.readValue(KEY)),
        READ_LATEST(test -> StoreFixture.valueOf(test.store.readLatest(KEY))),
        READ_AND_TOUCH(test -> StoreFixture.valueOf(test.store.readAndTouch(KEY, LONG_TTL))),
        READ_AND_END(test -> StoreFixture.valueOf(test.store.readAndTouch(KEY, Ttl.EXPIRED))),
        READ_ALL(test -> StoreFixture.valueOf(
                test.store.readAll(Set.of(KEY), Ttl.UNCHANGED).get(KEY))),
        READ_AND_TOUCH_ALL(test ->
                StoreFixture.valueOf(test.store.readAll(Set.of(KEY), LONG_TTL).get(KEY))),
        READ_ALL_VALUES(
                test -> test.store.readAllValues(Set.of(KEY), Ttl.UNCHANGED).get(KEY)),
        SCAN(test -> test.store.traits().scans() ? test.scan().get(KEY) : null);

        @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
        private final Function<TagContract, @Nullable String> look;

        Look(Function<TagContract, @Nullable String> look) {
            this.look = look;
        }
    }

    @ParameterizedTest
    @EnumSource
    void entryWithAnInvalidatedTagIsAbsentInEveryAnswer(Look look) {
        assumeTags();
        putTagged(KEY, "value", Ttl.ETERNAL, RED);

        invalidate("red");

        assertThat(look.look.apply(this)).isNull();
        assertThat(valueOf(KEY)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void entryWithADeadlineAndAnInvalidatedTagIsAbsentInEveryAnswer(Look look) {
        assumeTags();
        putTagged(KEY, "value", LONG_TTL, RED);

        invalidate("red");

        assertThat(look.look.apply(this)).isNull();
        assertThat(valueOf(KEY)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void entryWithOtherTagsIsThereInEveryAnswer(Look look) {
        assumeTags();
        assumeTrue(look != Look.SCAN || store.traits().scans(), "the store does not scan");
        putTagged(KEY, "value", LONG_TTL, GREEN);

        invalidate("red");

        assertThat(look.look.apply(this)).isEqualTo("value");
    }

    /** A change that finds an invalidated entry, and what it has to make of that. */
    enum Finding {
        PUT(Effect.CREATED, test -> Change.put("new", Ttl.ETERNAL)),
        TIMED_PUT(Effect.CREATED, test -> Change.put("new", LONG_TTL)),
        TAGGED_PUT(Effect.CREATED, test -> Change.put("new", LONG_TTL).withTags(RED)),
        PUT_THAT_KEEPS_A_DEADLINE(Effect.CREATED, test -> Change.put("new", LONG_TTL, Ttl.UNCHANGED)),
        PUT_IF_ABSENT(Effect.CREATED, test -> Change.put("new", Ttl.ETERNAL).ifAbsent()),
        REPLACE(Effect.ABSENT, test -> Change.put("new", Ttl.ETERNAL).ifPresent()),
        REPLACE_VALUE(Effect.ABSENT, test -> Change.put("new", Ttl.ETERNAL).ifValue("value")),
        REPLACE_ENTRY(Effect.ABSENT, test -> Change.put("new", Ttl.ETERNAL).ifUnchanged(test.readBefore())),
        REMOVE(Effect.ABSENT, test -> Change.remove()),
        REMOVE_VALUE(Effect.ABSENT, test -> Change.<String>remove().ifValue("value")),
        REMOVE_ENTRY(Effect.ABSENT, test -> Change.<String>remove().ifUnchanged(test.readBefore())),
        TOUCH(Effect.ABSENT, test -> Change.touch(LONG_TTL)),
        TOUCH_ENTRY(Effect.ABSENT, test -> Change.<String>touch(Ttl.ETERNAL).ifUnchanged(test.readBefore())),
        END(Effect.ABSENT, test -> Change.touch(Ttl.EXPIRED));

        private final Effect effect;

        @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
        private final Function<TagContract, Change<String>> change;

        Finding(Effect effect, Function<TagContract, Change<String>> change) {
            this.effect = effect;
            this.change = change;
        }
    }

    private @Nullable Entry<String> before;

    private Entry<String> readBefore() {
        Entry<String> read = before;
        assertThat(read).isNotNull();
        return Objects.requireNonNull(read);
    }

    @ParameterizedTest
    @EnumSource
    void entryWithAnInvalidatedTagIsAbsentToEveryChange(Finding finding) {
        assumeTags();
        putTagged(KEY, "value", LONG_TTL, RED);
        before = readLive(KEY);
        invalidate("red");

        Outcome<String> outcome =
                store.write(KEY, finding.change.apply(this).tellingEffect().returningPrevious());

        assertThat(outcome.effect()).isEqualTo(finding.effect);
        assertThat(outcome.previous()).as("previous").isNull();
        assertThat(outcome.expired()).as("expired").isNull();
        assertThat(valueOf(KEY)).isEqualTo(finding.effect == Effect.CREATED ? "new" : null);
    }

    @Test
    void keyOfAnInvalidatedEntryCanBeLeased() {
        assumeTags();
        putTagged(KEY, "value", LONG_TTL, RED);
        Entry<String> entry = readLive(KEY);
        invalidate("red");

        assertThat(store.lease(KEY, entry, LONG).status()).isEqualTo(LeaseResult.Status.ABSENT);
        assertThat(fill(lease(KEY).requireLease(), "new", RED).isApplied()).isTrue();
        assertThat(valueOf(KEY)).isEqualTo("new");
    }

    @Test
    void anyOfItsTagsInvalidatesAnEntry() {
        assumeTags();
        putTagged("both", "value", Ttl.ETERNAL, Tags.of(Set.of("red", "green")));
        putTagged("red", "value", Ttl.ETERNAL, RED);
        putTagged("green", "value", Ttl.ETERNAL, GREEN);
        put("none", "value");

        invalidate("green");

        assertThat(valueOf("both")).isNull();
        assertThat(valueOf("red")).isEqualTo("value");
        assertThat(valueOf("green")).isNull();
        assertThat(valueOf("none")).isEqualTo("value");
    }

    @Test
    void severalTagsAreInvalidatedAtOnce() {
        assumeTags();
        putTagged("red", "value", Ttl.ETERNAL, RED);
        putTagged("green", "value", LONG_TTL, GREEN);

        invalidate("red", "green", "blue");

        assertThat(valueOf("red")).isNull();
        assertThat(valueOf("green")).isNull();
    }

    @Test
    void entryPutAfterTheInvalidationIsLive() {
        assumeTags();
        putTagged(KEY, "old", Ttl.ETERNAL, RED);
        invalidate("red");

        putTagged(KEY, "new", Ttl.ETERNAL, RED);

        assertThat(valueOf(KEY)).isEqualTo("new");
        invalidate("green");
        assertThat(valueOf(KEY)).isEqualTo("new");
        invalidate("red");
        assertThat(valueOf(KEY)).isNull();
    }

    @Test
    void putReplacesTheTags() {
        assumeTags();
        putTagged("without", "old", Ttl.ETERNAL, RED);
        putTagged("with", "old", Ttl.ETERNAL, RED);

        put("without", "new");
        putTagged("with", "new", Ttl.ETERNAL, GREEN);

        invalidate("red");
        assertThat(valueOf("without")).isEqualTo("new");
        assertThat(valueOf("with")).isEqualTo("new");
        invalidate("green");
        assertThat(valueOf("with")).isNull();
    }

    @Test
    void conditionalPutsStoreTags() {
        assumeTags();
        store.write("absent", Change.put("new", Ttl.ETERNAL).withTags(RED).ifAbsent());
        put("present", "old");
        store.write("present", Change.put("new", Ttl.ETERNAL).withTags(RED).ifPresent());
        put("value", "old");
        store.write("value", Change.put("new", LONG_TTL).withTags(RED).ifValue("old"));
        put("entry", "old");
        store.write("entry", Change.put("new", LONG_TTL).withTags(RED).ifUnchanged(readLive("entry")));
        assertThat(store.readAllValues(Set.of("absent", "present", "value", "entry"), Ttl.UNCHANGED))
                .hasSize(4)
                .allSatisfy((key, value) -> assertThat(value).isEqualTo("new"));

        invalidate("red");

        assertThat(valueOf("absent")).isNull();
        assertThat(valueOf("present")).isNull();
        assertThat(valueOf("value")).isNull();
        assertThat(valueOf("entry")).isNull();
    }

    @Test
    void touchKeepsTheTags() {
        assumeTags();
        putTagged("touched", "value", Ttl.ETERNAL, RED);
        putTagged("read", "value", LONG_TTL, RED);

        store.write("touched", Change.touch(LONG_TTL));
        store.readAndTouch("read", Ttl.ETERNAL);

        assertThat(valueOf("touched")).isEqualTo("value");
        assertThat(valueOf("read")).isEqualTo("value");
        invalidate("red");
        assertThat(valueOf("touched")).isNull();
        assertThat(valueOf("read")).isNull();
    }

    @Test
    void entryWithTagsExpiresAtItsDeadline() {
        assumeTags();
        putTagged(KEY, "value", shortTtl, RED);

        advanceToJustBefore(ttl);
        assertThat(valueOf(KEY)).isEqualTo("value");
        advanceFromJustBeforeToDeadline();

        assertThat(valueOf(KEY)).isNull();
    }

    @Test
    void putThatKeepsTheDeadlineKeepsThatOfAnEntryWithTags() {
        assumeTags();
        putTagged(KEY, "old", shortTtl, RED);

        store.write(KEY, Change.put("new", LONG_TTL, Ttl.UNCHANGED).withTags(GREEN));

        assertThat(valueOf(KEY)).isEqualTo("new");
        advanceTo(ttl);
        assertThat(valueOf(KEY)).isNull();
    }

    @Test
    void entryWithTagsIsToldWhenItExpires() {
        assumeTags();
        assumeTellsExpiry();
        putTagged(KEY, "value", shortTtl, RED);

        advanceTo(ttl);
        settle();

        eventually(() -> assertThat(timesTold(KEY)).isEqualTo(1));
    }

    @Test
    void nobodyIsToldOfAnInvalidatedEntry() {
        assumeTags();
        putTagged(KEY, "value", shortTtl, RED);
        putTagged("eternal", "value", Ttl.ETERNAL, RED);

        invalidate("red");
        settle();
        advanceTo(ttl);
        settle();

        assertThat(listener.keys(Kind.EXPIRED)).isEmpty();
        assertThat(listener.keys(Kind.EVICTED)).isEmpty();
    }

    @Test
    void whatWasLoadedBeforeTheInvalidationIsAbsent() {
        assumeTags();
        Lease lease = lease(KEY).requireLease();

        invalidate("red");
        fill(lease, "loaded before", RED);

        assertThat(valueOf(KEY)).isNull();
    }

    @Test
    void replacementLoadedBeforeTheInvalidationIsAbsent() {
        assumeTags();
        putTagged(KEY, "old", Ttl.ETERNAL, RED);
        Lease lease = store.lease(KEY, readLive(KEY), LONG).requireLease();

        invalidate("red");
        fill(lease, "loaded before", RED);

        assertThat(valueOf(KEY)).isNull();
    }

    @Test
    void whatWasLoadedAfterTheInvalidationIsLive() {
        assumeTags();
        invalidate("red");
        Lease lease = lease(KEY).requireLease();

        assertThat(fill(lease, "loaded after", RED).isApplied()).isTrue();

        assertThat(valueOf(KEY)).isEqualTo("loaded after");
    }

    @Test
    void invalidationLeavesLoadsWithoutTheTagAlone() {
        assumeTags();
        Lease lease = lease(KEY).requireLease();

        invalidate("red");

        assertThat(fill(lease, "loaded", GREEN).isApplied()).isTrue();
        assertThat(valueOf(KEY)).isEqualTo("loaded");
    }

    @Test
    void leaseOverAnInvalidatedEntryIsVoid() {
        assumeTags();
        putTagged(KEY, "old", Ttl.ETERNAL, RED);
        Lease lease = store.leaseToWrite(KEY, readLive(KEY), LONG).requireLease();

        invalidate("red");

        assertThat(fill(lease, "new", GREEN).effect()).isEqualTo(Effect.ABSENT);
        assertThat(valueOf(KEY)).isNull();
    }

    @Test
    void valueLookedUpBeforeTheInvalidationIsAbsent() {
        assumeTags();
        long asOf = store.tagNumber();

        invalidate("red");
        putTagged("before", "value", Ttl.ETERNAL, RED.asOf(asOf));
        putTagged("other tag", "value", Ttl.ETERNAL, GREEN.asOf(asOf));
        putTagged("after", "value", Ttl.ETERNAL, RED.asOf(store.tagNumber()));

        assertThat(valueOf("before")).isNull();
        assertThat(valueOf("other tag")).isEqualTo("value");
        assertThat(valueOf("after")).isEqualTo("value");
    }

    @Test
    void invalidationIsNotForgottenForManyOthers() {
        assumeTags();
        putTagged(KEY, "value", Ttl.ETERNAL, RED);
        invalidate("red");

        store.invalidateTags(IntStream.range(0, TagVersions.CAPACITY + 1)
                .mapToObj(i -> "tag " + i)
                .collect(Collectors.toSet()));

        assertThat(valueOf(KEY)).isNull();
        putTagged(KEY, "new", Ttl.ETERNAL, RED);
        assertThat(valueOf(KEY)).isEqualTo("new");
    }

    @Test
    void entriesOfAClearedStoreAreNotInvalidatedByWhatCameBefore() {
        assumeTags();
        putTagged(KEY, "old", Ttl.ETERNAL, RED);
        invalidate("red");
        store.clear();

        putTagged(KEY, "new", Ttl.ETERNAL, RED);

        assertThat(valueOf(KEY)).isEqualTo("new");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Tag("race")
    void nothingLoadedBeforeAnInvalidationIsReadAfterIt(boolean hasDeadline) throws Exception {
        assumeTags();
        int rounds = contract.rounds(3_000);
        AtomicBoolean over = new AtomicBoolean();
        Ttl timeToLive = hasDeadline ? LONG_TTL : Ttl.ETERNAL;

        Race.of(4).run(thread -> {
            if (thread == 0) {
                try {
                    changeAndCheck(rounds);
                } finally {
                    over.set(true);
                }
            }
            while (!over.get()) {
                loadIfMissing(timeToLive);
            }
        });
    }

    private void changeAndCheck(int rounds) {
        for (int i = 1; i <= rounds; i++) {
            source = i;
            invalidate("red");
            assertNotOlderThan(i);
            if (i % 16 == 0) {
                LockSupport.parkNanos(1); // time for a late fill
                assertNotOlderThan(i);
            }
        }
    }

    private void assertNotOlderThan(int version) {
        String value = valueOf(KEY);
        assertThat(value == null ? version : Integer.parseInt(value))
                .as("version read after the invalidation of all before")
                .isEqualTo(version);
    }

    private void loadIfMissing(Ttl timeToLive) {
        LeaseResult<String> leased = lease(KEY);
        if (leased.isGranted()) {
            String loaded = String.valueOf(source);
            LockSupport.parkNanos(1); // time for an invalidation
            store.write(KEY, Change.put(loaded, timeToLive).withTags(RED).ifUnchanged(leased.requireLease()));
        }
    }
}
