package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.LeaseResult;
import dev.larder.store.LeaseResult.Status;
import dev.larder.store.Outcome;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.Store;
import dev.larder.store.Ttl;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store holds: keys and values of every kind, many at a time, and nothing after a clear. */
abstract class ContentContract extends StoreFixture {

    ContentContract(StoreContract contract) {
        super(contract);
    }

    // --- keys and values

    @Test
    void valueComesBackAsItWasPut() {
        put("key", "value");

        assertThat(valueOf("key")).isEqualTo("value");
        assertThat(valueOf(store.readLatest("key"))).isEqualTo("value");
    }

    @Test
    void bareValueIsThatOfTheLiveEntry() {
        put("eternal", "value");
        put("mortal", "another", shortTtl);
        assertThat(store.readValue("eternal")).isEqualTo("value");
        assertThat(store.readValue("mortal")).isEqualTo("another");
        assertThat(store.readValue("none")).isNull();

        advanceTo(ttl);

        assertThat(store.readValue("eternal")).isEqualTo("value");
        assertThat(store.readValue("mortal")).isNull();
    }

    @Test
    void bareValuesAreThoseOfTheLiveEntries() {
        put("eternal", "value");
        put("mortal", "another", shortTtl);
        Set<String> keys = Set.of("eternal", "mortal", "none");
        assertThat(store.readAllValues(keys, Ttl.UNCHANGED))
                .containsOnly(Map.entry("eternal", "value"), Map.entry("mortal", "another"));

        advanceTo(ttl);

        assertThat(store.readAllValues(keys, Ttl.UNCHANGED)).containsOnly(Map.entry("eternal", "value"));
    }

    @Test
    void valueThatIsPutWithoutAChangeIsThereWhateverWas() {
        put("mortal", "old", shortTtl);
        assertThat(store.put("none", "new", Ttl.ETERNAL).effect()).isEqualTo(Effect.CREATED);
        assertThat(store.put("mortal", "new", Ttl.ETERNAL).effect()).isEqualTo(Effect.UPDATED);
        assertThat(store.put("brief", "new", shortTtl).effect()).isEqualTo(Effect.CREATED);
        assertThat(store.put("gone at once", "new", Ttl.EXPIRED).effect()).isEqualTo(Effect.NOT_STORED);

        assertThat(store.readValue("brief")).isEqualTo("new");
        advanceTo(ttl);

        assertThat(store.readValue("none")).isEqualTo("new");
        assertThat(store.readValue("mortal")).isEqualTo("new");
        assertThat(store.readValue("brief")).isNull();
        assertThat(store.readValue("gone at once")).isNull();
    }

    @Test
    void hugeValueComesBackAsItWasPut() {
        String huge = "0123456789abcdef".repeat(contract.largestValue() / 16);

        put("key", huge);

        assertThat(valueOf("key")).isEqualTo(huge);
        assertThat(store.write("key", Change.put("new", Ttl.ETERNAL).ifValue(huge))
                        .isApplied())
                .isTrue();
    }

    @Test
    void emptyValueIsAValue() {
        put("key", "");

        assertThat(valueOf("key")).isEmpty();
        assertThat(put("key", "new").effect()).isEqualTo(Effect.UPDATED);
        assertThat(store.write("key", Change.put("", Ttl.ETERNAL).ifValue("")).isApplied())
                .isFalse();
    }

    static List<String> awkward() {
        return List.of(
                "",
                " ",
                "a b",
                "\r\n",
                "a\0b",
                "*",
                "{a}b",
                "a:b",
                "../a",
                "%s",
                "'\"\\",
                "\u00e4\u00f6\u00fc",
                "\u4f60\u597d",
                "\ud83c\udf4e",
                "null",
                "k".repeat(5_000));
    }

    @ParameterizedTest
    @MethodSource("awkward")
    void awkwardStringIsAKeyLikeAnyOther(String awkward) {
        put(awkward, "value");
        put("key", "other");

        assertThat(valueOf(awkward)).isEqualTo("value");
        assertThat(store.readAll(Set.of(awkward), Ttl.UNCHANGED)).containsOnlyKeys(awkward);
        if (store.traits().scans()) {
            assertThat(scan()).containsOnlyKeys(awkward, "key");
        }
        assertThat(remove(awkward).effect()).isEqualTo(Effect.REMOVED);
        assertThat(valueOf("key")).isEqualTo("other");
    }

    @ParameterizedTest
    @MethodSource("awkward")
    void awkwardStringIsAValueLikeAnyOther(String awkward) {
        put("key", awkward);

        assertThat(valueOf("key")).isEqualTo(awkward);
        assertThat(store.write("key", Change.put("new", Ttl.ETERNAL).ifValue(awkward))
                        .isApplied())
                .isTrue();
    }

    @Test
    void awkwardKeysAreAllDifferent() {
        awkward().forEach(key -> put(key, "value of " + key));

        assertThat(awkward()).allSatisfy(key -> assertThat(valueOf(key)).isEqualTo("value of " + key));
    }

    @Test
    void keysThatDifferInCaseOrSpaceAreDifferent() {
        put("key", "1");
        put("Key", "2");
        put("key ", "3");

        assertThat(List.of("key", "Key", "key ")).extracting(this::valueOf).containsExactly("1", "2", "3");
    }

    @Test
    void arraysAreComparedByTheirContent() {
        Store<String, byte[]> bytes = openOther(byte[].class);
        bytes.write("key", Change.put(new byte[] {1, 2}, Ttl.ETERNAL));

        assertThat(bytes.write("key", Change.put(new byte[] {3}, Ttl.ETERNAL).ifValue(new byte[] {1, 3}))
                        .isApplied())
                .isFalse();
        assertThat(bytes.write("key", Change.put(new byte[] {3}, Ttl.ETERNAL).ifValue(new byte[] {1, 2}))
                        .isApplied())
                .isTrue();
        assertThat(Objects.requireNonNull(bytes.read("key")).value()).containsExactly(3);
    }

    @Test
    void storeThatCopiesValuesHandsOutAnother() {
        Store<String, byte[]> bytes = openOther(byte[].class);
        byte[] written = {1, 2};
        bytes.write("key", Change.put(written, Ttl.ETERNAL));
        written[0] = 9;

        byte[] read = Objects.requireNonNull(bytes.read("key")).value();

        assertThat(read[0]).isEqualTo((byte) (bytes.traits().copiesValues() ? 1 : 9));
    }

    @Test
    void entryReadDoesNotChangeWhenTheStoreDoes() {
        put("key", "old");
        Entry<String> entry = readLive("key");

        put("key", "new");

        assertThat(entry.value()).isEqualTo("old");
    }

    // --- many at a time

    @Test
    void readAllFindsWhatIsThere() {
        put("one", "1");
        put("two", "2", LONG_TTL);
        put("expired", "3", shortTtl);
        advanceUnswept(ttl);

        Map<String, Entry<String>> found = store.readAll(Set.of("one", "two", "expired", "absent"), Ttl.UNCHANGED);

        assertThat(found).containsOnlyKeys("one", "two");
        assertThat(valueOf(found.get("one"))).isEqualTo("1");
        assertThat(valueOf(found.get("two"))).isEqualTo("2");
    }

    @Test
    void readAllAnswersWithAMapThatIsTheCallersToKeep() {
        put("one", "1");
        Map<String, Entry<String>> found = store.readAll(Set.of("one"), Ttl.UNCHANGED);

        found.clear();
        found.put("two", readLive("one"));

        assertThat(valueOf("one")).isEqualTo("1");
        assertThat(valueOf("two")).isNull();
    }

    @Test
    void nothingAskedForIsNothingAnswered() {
        assertThat(store.readAll(Set.of(), LONG_TTL)).isEmpty();
        assertThat(store.writeAll(Map.of())).isEmpty();
        if (context.leases()) {
            assertThat(store.leaseAll(Set.of(), LONG)).isEmpty();
        }
    }

    @Test
    void writeAllAppliesEachChangeByItself() {
        put("updated", "old");
        put("removed", "old");
        put("refused", "old");
        Map<String, Change<String>> changes = new LinkedHashMap<>();
        changes.put("created", Change.put("new", Ttl.ETERNAL).tellingEffect());
        changes.put("updated", Change.put("new", Ttl.ETERNAL).returningPrevious());
        changes.put("removed", Change.<String>remove().tellingEffect());
        changes.put("refused", Change.put("new", Ttl.ETERNAL).ifAbsent());

        Map<String, Outcome<String>> outcomes = store.writeAll(changes);

        assertThat(outcomes).containsOnlyKeys(changes.keySet());
        Map<String, Effect> effects = new HashMap<>();
        outcomes.forEach((key, outcome) -> effects.put(key, outcome.effect()));
        assertThat(effects)
                .containsEntry("created", Effect.CREATED)
                .containsEntry("updated", Effect.UPDATED)
                .containsEntry("removed", Effect.REMOVED)
                .containsEntry("refused", Effect.MISMATCH);
        assertThat(valueOf(Objects.requireNonNull(outcomes.get("updated")).previous()))
                .isEqualTo("old");
        assertThat(List.of("created", "updated", "refused"))
                .extracting(this::valueOf)
                .containsExactly("new", "new", "old");
        assertThat(valueOf("removed")).isNull();
    }

    @Test
    void leaseAllAnswersForEachKey() {
        assumeLeases();
        put("present", "value");
        lease("busy");

        Map<String, LeaseResult<String>> results = store.leaseAll(Set.of("absent", "present", "busy"), LONG);

        Map<String, Status> statuses = new HashMap<>();
        results.forEach((key, result) -> statuses.put(key, result.status()));
        assertThat(statuses)
                .containsOnly(
                        Map.entry("absent", Status.GRANTED),
                        Map.entry("present", Status.PRESENT),
                        Map.entry("busy", Status.BUSY));
    }

    @Test
    void manyKeysAreReadAndWrittenAtOnce() {
        Map<String, Change<String>> puts = IntStream.range(0, 2_000)
                .boxed()
                .collect(Collectors.toMap(i -> "key " + i, i -> Change.put("value " + i, Ttl.ETERNAL)));

        Map<String, Outcome<String>> outcomes = store.writeAll(puts);

        assertThat(outcomes)
                .hasSize(2_000)
                .allSatisfy((key, outcome) -> assertThat(outcome.isApplied()).isTrue());
        assertThat(store.readAll(puts.keySet(), Ttl.UNCHANGED)).hasSize(2_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 500})
    void estimatedSizeIsNearTheTruthOrUnknown(int count) {
        for (int i = 0; i < count; i++) {
            put("key " + i, "value");
        }

        assertThat(store.estimatedSize())
                .satisfiesAnyOf(
                        size -> assertThat(size).isEqualTo(-1),
                        size -> assertThat(size).isBetween(count / 2L, count * 2L));
    }

    // --- clear

    @Test
    void clearTakesEveryEntryAway() {
        put("eternal", "value");
        put("finite", "value", LONG_TTL);

        store.clear();

        assertThat(store.readAll(Set.of("eternal", "finite"), Ttl.UNCHANGED)).isEmpty();
        assertThat(store.readLatest("eternal")).isNull();
        assertThat(store.readAndTouch("eternal", LONG_TTL)).isNull();
        assertThat(put("eternal", "new").effect()).isEqualTo(Effect.CREATED);
        assertThat(remove("finite").effect()).isEqualTo(Effect.ABSENT);
    }

    @Test
    void entryReadBeforeAClearIsNotTheOnePutAfterIt() {
        put("key", "value");
        Entry<String> entry = readLive("key");
        store.clear();
        put("key", "value");

        assertThat(store.write("key", Change.put("new", Ttl.ETERNAL).ifUnchanged(entry))
                        .isApplied())
                .isFalse();
    }

    @Test
    void clearLeavesOtherCachesAlone() {
        Store<String, String> other = openOther(String.class);
        other.write("key", Change.put("other", Ttl.ETERNAL));
        put("key", "value");

        store.clear();

        assertThat(valueOf(other.read("key"))).isEqualTo("other");
    }

    @Test
    @Tag("race")
    void putThatEndedBeforeAClearDoesNotOutliveIt() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        int rounds = contract.rounds(2_000);

        Race.of(4).run(thread -> {
            if (thread > 0) {
                while (!done.get()) {
                    put("noise " + thread, "value");
                    remove("noise " + thread);
                }
                return;
            }
            try {
                for (int i = 0; i < rounds; i++) {
                    put("key", "value");
                    store.clear();
                    assertThat(valueOf("key")).isNull();
                }
            } finally {
                done.set(true);
            }
        });
    }

    @Test
    @Tag("race")
    void putThatBeginsAfterAClearOutlivesIt() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        int rounds = contract.rounds(2_000);

        Race.of(4).run(thread -> {
            if (thread > 0) {
                while (!done.get()) {
                    put("noise " + thread, "value");
                    store.readAndTouch("noise " + thread, LONG_TTL);
                }
                return;
            }
            try {
                for (int i = 0; i < rounds; i++) {
                    store.clear();
                    put("key", String.valueOf(i));
                    assertThat(valueOf("key")).isEqualTo(String.valueOf(i));
                }
            } finally {
                done.set(true);
            }
        });
    }
}
