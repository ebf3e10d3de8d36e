package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.Ttl;
import java.util.Set;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a deadline is moved without changing the value. */
abstract class TouchContract extends StoreFixture {

    private static final String KEY = "key";

    TouchContract(StoreContract contract) {
        super(contract);
    }

    /** A way to move a deadline and nothing else. */
    enum Mover {
        READ_AND_TOUCH((test, to) -> test.store.readAndTouch(KEY, to) != null),
        READ_ALL((test, to) -> test.store.readAll(Set.of(KEY), to).containsKey(KEY)),
        TOUCH((test, to) -> test.applies(Change.touch(to))),
        TOUCH_IF_PRESENT((test, to) -> test.applies(Change.<String>touch(to).ifPresent())),
        TOUCH_IF_VALUE((test, to) -> test.applies(Change.<String>touch(to).ifValue("value"))),
        TOUCH_IF_UNCHANGED((test, to) -> test.applies(Change.<String>touch(to).ifUnchanged(test.readLive(KEY)))),
        MISMATCHED_PUT((test, to) ->
                !test.applies(Change.put("new", Ttl.ETERNAL).ifValue("another").onMismatchTouch(to))),
        MISMATCHED_REMOVE((test, to) ->
                !test.applies(Change.<String>remove().ifValue("another").onMismatchTouch(to)));

        @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
        private final BiPredicate<TouchContract, Ttl> mover;

        Mover(BiPredicate<TouchContract, Ttl> mover) {
            this.mover = mover;
        }

        void move(TouchContract test, Ttl to) {
            assertThat(mover.test(test, to)).as("%s found the entry", this).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void touchMovesTheDeadline(Mover mover) {
        put(KEY, "value", shortTtl);
        advance(ttl.dividedBy(2));
        mover.move(this, shortTtl);

        advanceToJustBefore(ttl);
        assertThat(valueOf(KEY)).isEqualTo("value");

        advanceFromJustBeforeToDeadline();
        assertThat(valueOf(KEY)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void touchBringsTheDeadlineNearer(Mover mover) {
        put(KEY, "value", LONG_TTL);
        mover.move(this, shortTtl);

        advanceTo(ttl);

        assertThat(valueOf(KEY)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void touchTurnsAnEternalEntryFinite(Mover mover) {
        put(KEY, "value", Ttl.ETERNAL);
        mover.move(this, shortTtl);

        advanceTo(ttl);

        assertThat(valueOf(KEY)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void touchTurnsAFiniteEntryEternal(Mover mover) {
        put(KEY, "value", shortTtl);
        mover.move(this, Ttl.ETERNAL);

        advanceTo(ttl);

        assertThat(valueOf(KEY)).isEqualTo("value");
    }

    @ParameterizedTest
    @EnumSource
    void touchWithUnchangedTtlLeavesTheDeadline(Mover mover) {
        put(KEY, "value", shortTtl);
        advance(ttl.dividedBy(2));
        mover.move(this, Ttl.UNCHANGED);

        advanceTo(ttl.minus(ttl.dividedBy(2)));

        assertThat(valueOf(KEY)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void touchWithExpiredTtlTakesTheEntryAway(Mover mover) {
        put(KEY, "value");

        mover.move(this, Ttl.EXPIRED);

        assertThat(valueOf(KEY)).isNull();
        assertThat(put(KEY, "new").effect()).isEqualTo(Effect.CREATED);
    }

    @ParameterizedTest
    @EnumSource
    void touchLeavesTheEntryTheSame(Mover mover) {
        put(KEY, "value", Ttl.ETERNAL);
        Entry<String> entry = readLive(KEY);

        mover.move(this, LONG_TTL);
        mover.move(this, Ttl.ETERNAL);

        assertThat(applies(Change.put("new", Ttl.ETERNAL).ifUnchanged(entry))).isTrue();
    }

    @Test
    void readAllTouchesOnlyTheKeysAskedFor() {
        put(KEY, "value", shortTtl);
        put("other", "value", shortTtl);
        store.readAll(Set.of("other"), LONG_TTL);

        advanceTo(ttl);

        assertThat(valueOf(KEY)).isNull();
        assertThat(valueOf("other")).isEqualTo("value");
    }

    @Test
    void plainReadsLeaveTheDeadline() {
        put(KEY, "value", shortTtl);
        advance(ttl.dividedBy(2));
        store.read(KEY);
        store.readLatest(KEY);
        store.readAll(Set.of(KEY), Ttl.UNCHANGED);

        advanceTo(ttl.minus(ttl.dividedBy(2)));

        assertThat(valueOf(KEY)).isNull();
    }

    @Test
    void mismatchTouchIsNoMatterToAChangeThatApplies() {
        put(KEY, "old", shortTtl);
        store.write(KEY, Change.put("new", LONG_TTL).ifValue("old").onMismatchTouch(Ttl.EXPIRED));

        advanceTo(ttl);

        assertThat(valueOf(KEY)).isEqualTo("new");
    }

    @Test
    void mismatchTouchCreatesNothing() {
        store.write(KEY, Change.put("new", LONG_TTL).ifValue("old").onMismatchTouch(LONG_TTL));

        assertThat(valueOf(KEY)).isNull();
    }

    private boolean applies(Change<String> change) {
        return store.write(KEY, change).isApplied();
    }
}
