package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.larder.store.Change;
import dev.larder.store.Cursor;
import dev.larder.store.Ttl;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a walk over the entries meets, also while they change. */
abstract class ScanContract extends StoreFixture {

    private static final int STAYING = 200;

    ScanContract(StoreContract contract) {
        super(contract);
    }

    @Test
    void scanOfAStoreThatCannotIsAnError() {
        assumeFalse(store.traits().scans(), "the store scans");

        assertThatThrownBy(() -> store.scan()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void emptyStoreHasNothingToMeet() {
        assumeScans();

        assertThat(scan()).isEmpty();
    }

    @Test
    void everyEntryIsMetOnce() {
        assumeScans();
        int count = 1_000;
        for (int i = 0; i < count; i++) {
            put("key " + i, "value " + i, i % 2 == 0 ? Ttl.ETERNAL : LONG_TTL);
        }

        Map<String, String> met = scan();

        assertThat(met)
                .hasSize(count)
                .allSatisfy((key, value) ->
                        assertThat(value.substring("value ".length())).isEqualTo(key.substring("key ".length())));
    }

    @Test
    void expiredEntriesAndLeasesAreNotMet() {
        assumeScans();
        put("live", "value", LONG_TTL);
        put("eternal", "value");
        put("expired", "value", shortTtl);
        if (context.leases()) {
            lease("leased");
        }

        advanceUnswept(ttl);

        assertThat(scan()).containsOnlyKeys("live", "eternal");
    }

    @Test
    void entryThatExpiresDuringTheWalkIsNotMet() {
        assumeScans();
        put("one", "value", shortTtl);
        put("two", "value", shortTtl);

        try (Cursor<String, String> cursor = store.scan()) {
            assertThat(cursor.advance()).isTrue();
            advanceUnswept(ttl);
            // a store that fetches entries by the page may have the second in hand, so this holds under fake time only
            assertThat(cursor.advance() && !store.traits().ownClock()).isFalse();
        }
    }

    @Test
    void removedAndClearedEntriesAreNotMet() {
        assumeScans();
        put("cleared", "value");
        store.clear();
        put("removed", "value");
        put("kept", "value");
        remove("removed");

        assertThat(scan()).containsOnlyKeys("kept");
    }

    @Test
    void meetingAnEntryIsNoAccess() {
        assumeScans();
        put("key", "value", shortTtl);
        advance(ttl.dividedBy(2));
        scan();

        advanceTo(ttl.minus(ttl.dividedBy(2)));

        assertThat(valueOf("key")).isNull();
    }

    @Test
    void entryMetIsOneThatLaterChangesKnow() {
        assumeScans();
        put("key", "value");

        try (Cursor<String, String> cursor = store.scan()) {
            assertThat(cursor.advance()).isTrue();
            assertThat(store.write(cursor.key(), Change.<String>remove().ifUnchanged(cursor.entry()))
                            .isApplied())
                    .isTrue();
        }

        assertThat(valueOf("key")).isNull();
    }

    @Test
    void entriesMayBeRemovedAlongTheWalk() {
        assumeScans();
        for (int i = 0; i < 1_000; i++) {
            put("key " + i, "value");
        }

        try (Cursor<String, String> cursor = store.scan()) {
            while (cursor.advance()) {
                remove(cursor.key());
            }
        }

        assertThat(scan()).isEmpty();
    }

    @Test
    void cursorStandsOnNothingBeforeTheFirstAndAfterTheLast() {
        assumeScans();
        put("key", "value");

        try (Cursor<String, String> cursor = store.scan()) {
            assertThatThrownBy(cursor::key).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(cursor::entry).isInstanceOf(IllegalStateException.class);
            assertThat(cursor.advance()).isTrue();
            assertThat(cursor.advance()).isFalse();
            assertThat(cursor.advance()).isFalse();
            assertThatThrownBy(cursor::key).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(cursor::entry).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void cursorMayBeClosedTwiceAndBeforeItsEnd() {
        assumeScans();
        put("one", "value");
        put("two", "value");
        Cursor<String, String> cursor = store.scan();
        assertThat(cursor.advance()).isTrue();

        cursor.close();
        cursor.close();

        assertThat(scan()).hasSize(2);
    }

    @Test
    @Tag("race")
    void entriesThatStayAreMetOnceAndNoneTwiceWhileOthersComeAndGo() throws Exception {
        assumeScans();
        for (int i = 0; i < STAYING; i++) {
            put("stays " + i, "value");
        }
        AtomicBoolean done = new AtomicBoolean();

        Race.of(4).run(thread -> {
            if (thread > 0) {
                comeAndGo(thread, done);
                return;
            }
            try {
                for (int i = 0; i < contract.rounds(100); i++) {
                    assertEachMetOnce();
                }
            } finally {
                done.set(true);
            }
        });
    }

    private void assertEachMetOnce() {
        List<String> staying = new ArrayList<>();
        List<String> fleeting = new ArrayList<>();
        try (Cursor<String, String> cursor = store.scan()) {
            while (cursor.advance()) {
                List<String> met = cursor.key().startsWith("stays") ? staying : fleeting;
                // a key that went and came back is another entry, so those are told apart by their values
                met.add(met == staying ? cursor.key() : cursor.entry().value());
            }
        }
        assertThat(staying).hasSize(STAYING).doesNotHaveDuplicates();
        assertThat(fleeting).doesNotHaveDuplicates();
    }

    /** Puts and removes keys, so many that a store has to grow, and writes the ones that stay anew. */
    private void comeAndGo(int thread, AtomicBoolean done) {
        SplittableRandom random = new SplittableRandom(thread);
        for (int i = 0; !done.get(); i++) {
            String key = thread + ":" + random.nextInt(2_000);
            switch (random.nextInt(4)) {
                case 0 -> remove(key);
                case 1 -> put("stays " + random.nextInt(STAYING), "new");
                case 2 -> store.readAndTouch("stays " + random.nextInt(STAYING), LONG_TTL);
                default -> put(key, thread + " wrote " + i, LONG_TTL);
            }
        }
    }

    @Test
    void clearEndsTheWalkOrEmptiesIt() {
        assumeScans();
        for (int i = 0; i < 100; i++) {
            put("key " + i, "value");
        }

        try (Cursor<String, String> cursor = store.scan()) {
            assertThat(cursor.advance()).isTrue();
            store.clear();
            // what was fetched before may still be met; the walk must come to its end, and nothing twice
            int met = 1;
            while (cursor.advance()) {
                met++;
            }
            assertThat(met).isLessThanOrEqualTo(100);
        }

        assertThat(scan()).isEmpty();
    }
}
