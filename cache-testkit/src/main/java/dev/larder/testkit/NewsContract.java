package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.larder.store.Change;
import dev.larder.store.LeaseResult;
import dev.larder.store.News;
import dev.larder.store.News.Kind;
import dev.larder.store.News.Wish;
import dev.larder.store.Store;
import dev.larder.store.Ttl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one store of a cache hears of the changes that another makes. */
abstract class NewsContract extends StoreFixture {

    /** Keeps all keys on one server of a cluster: news of different servers come in no order. */
    private static final String TOGETHER = "{together} ";

    private static final String KEY = TOGETHER + "key";
    private static final String LAST = TOGETHER + "last";
    private static final String TRIAL = TOGETHER + "trial ";
    private static final int TRIALS = 400;

    /** Real time, which has no part in what is tested. */
    private static final Duration BETWEEN_TRIALS = Duration.ofMillis(50);

    private Store<String, String> other;

    NewsContract(StoreContract contract) {
        super(contract);
    }

    @BeforeEach
    void openOtherStoreOfTheSameEntries() {
        assumeTrue(store.traits().tellsChanges(), "the store tells nobody of what others change");
        other = open(context);
        other.listen(new RecordingStoreListener<>());
    }

    /** One way to change an entry that has the value "old", or to make it, and what is told of that. */
    enum Way {
        PUT(store -> store.write(KEY, Change.put("new", LONG_TTL)), Kind.UPDATED),
        ETERNAL_PUT(store -> store.write(KEY, Change.put("new", Ttl.ETERNAL)), Kind.UPDATED),
        PUT_OF_OTHER_TTLS(store -> store.write(KEY, Change.put("new", LONG_TTL, Ttl.UNCHANGED)), Kind.UPDATED),
        PUT_THAT_TELLS(store -> store.put(KEY, "new", LONG_TTL), Kind.UPDATED),
        PUT_THAT_RETURNS(store -> store.write(KEY, Change.put("new", LONG_TTL).returningPrevious()), Kind.UPDATED),
        PUT_IF_PRESENT(store -> store.write(KEY, Change.put("new", LONG_TTL).ifPresent()), Kind.UPDATED),
        PUT_IF_VALUE(store -> store.write(KEY, Change.put("new", LONG_TTL).ifValue("old")), Kind.UPDATED),
        PUT_IF_UNCHANGED(
                store -> store.write(
                        KEY, Change.put("new", LONG_TTL).ifUnchanged(Objects.requireNonNull(store.read(KEY)))),
                Kind.UPDATED),
        PUT_BY_LEASE(
                store -> store.write(
                        KEY,
                        Change.put("new", LONG_TTL)
                                .ifUnchanged(store.leaseToWrite(KEY, store.read(KEY), LONG)
                                        .requireLease())),
                Kind.UPDATED),
        PUT_ALL(store -> store.writeAll(Map.of(KEY, Change.put("new", LONG_TTL))), Kind.UPDATED),
        REMOVE(store -> store.write(KEY, Change.remove()), Kind.REMOVED),
        REMOVE_THAT_RETURNS(store -> store.write(KEY, Change.<String>remove().returningPrevious()), Kind.REMOVED),
        REMOVE_IF_VALUE(store -> store.write(KEY, Change.<String>remove().ifValue("old")), Kind.REMOVED),
        REMOVE_ALL(store -> store.writeAll(Map.of(KEY, Change.remove())), Kind.REMOVED),
        LAST_READ(store -> store.readAndTouch(KEY, Ttl.EXPIRED), Kind.EXPIRED),
        LAST_TOUCH(store -> store.write(KEY, Change.touch(Ttl.EXPIRED)), Kind.EXPIRED);

        @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
        private final Consumer<Store<String, String>> way;

        private final Kind kind;

        Way(Consumer<Store<String, String>> way, Kind kind) {
            this.way = way;
            this.kind = kind;
        }
    }

    @ParameterizedTest
    @EnumSource
    void changeOfAnEntryIsTold(Way way) {
        assumeTrue(way != Way.PUT_BY_LEASE || context.leases(), "the store is opened without leases");
        write(other, KEY, "old");
        hear(Wish.CHANGES_WITH_PREVIOUS);

        way.way.accept(other);

        boolean hasValue = way.kind == Kind.UPDATED;
        assertThat(heard()).containsExactly(new News<>(way.kind, KEY, hasValue ? "new" : null, "old"));
    }

    @Test
    void newEntryIsTold() {
        hear(Wish.CHANGES_WITH_PREVIOUS);

        write(other, TOGETHER + "a", "1");
        other.write(TOGETHER + "b", Change.put("2", LONG_TTL).ifAbsent());
        other.writeAll(Map.of(TOGETHER + "c", Change.put("3", Ttl.ETERNAL)));

        assertThat(heard())
                .containsExactly(
                        new News<>(Kind.CREATED, TOGETHER + "a", "1", null),
                        new News<>(Kind.CREATED, TOGETHER + "b", "2", null),
                        new News<>(Kind.CREATED, TOGETHER + "c", "3", null));
    }

    @Test
    void whatWasLoadedIsTold() {
        assumeLeases();
        hear(Wish.CHANGES);

        LeaseResult<String> lease = other.lease(KEY, null, LONG);
        other.write(KEY, Change.put("loaded", LONG_TTL).ifUnchanged(lease.requireLease()));

        assertThat(heard()).containsExactly(new News<>(Kind.CREATED, KEY, "loaded", null));
    }

    @Test
    void putThatIsOverAtOnceIsAnUpdateAndAnEnd() {
        write(other, KEY, "old");
        hear(Wish.CHANGES_WITH_PREVIOUS);

        other.write(KEY, Change.put("new", Ttl.EXPIRED));
        other.write(TOGETHER + "absent", Change.put("new", Ttl.EXPIRED));

        assertThat(heard())
                .containsExactly(
                        new News<>(Kind.UPDATED, KEY, "new", "old"), new News<>(Kind.EXPIRED, KEY, null, "new"));
    }

    @Test
    void whatChangesNoValueIsNotTold() {
        write(other, KEY, "value");
        hear(Wish.CHANGES);

        other.write(KEY, Change.put("new", LONG_TTL).ifAbsent());
        other.write(KEY, Change.put("new", LONG_TTL).ifValue("another"));
        other.write(TOGETHER + "absent", Change.remove());
        other.write(TOGETHER + "absent", Change.put("new", LONG_TTL).ifPresent());
        other.write(KEY, Change.touch(LONG_TTL));
        other.read(KEY);
        other.readAndTouch(KEY, LONG_TTL);

        assertThat(heard()).isEmpty();
    }

    @Test
    void whatIsNoNewsIsNotTold() {
        write(other, KEY, "value");
        hear(Wish.CHANGES);

        other.write(KEY, Change.<String>remove().untold());
        write(other, KEY, "again");

        assertThat(heard()).containsExactly(new News<>(Kind.CREATED, KEY, "again", null));
    }

    @Test
    void newsGoOnAfterAClear() {
        hear(Wish.CHANGES);

        other.clear();
        write(other, KEY, "in another epoch");

        assertThat(heard()).containsExactly(new News<>(Kind.CREATED, KEY, "in another epoch", null));
    }

    @Test
    void ownChangesAreNotTold() {
        hear(Wish.CHANGES);

        write(store, KEY, "own");
        write(other, KEY, "other");
        store.write(KEY, Change.remove());

        assertThat(heard()).containsExactly(new News<>(Kind.UPDATED, KEY, "other", null));
    }

    @Test
    void oldValueIsForThoseWhoWantIt() {
        write(other, KEY, "old");
        hear(Wish.CHANGES);

        write(other, KEY, "new");
        other.write(KEY, Change.remove());

        assertThat(heard())
                .containsExactly(new News<>(Kind.UPDATED, KEY, "new", null), new News<>(Kind.REMOVED, KEY, null, null));
    }

    @Test
    void largeValueIsTold() {
        String large = "x".repeat(contract.largestValue());
        hear(Wish.CHANGES_WITH_PREVIOUS);

        write(other, KEY, large);
        other.write(KEY, Change.remove());

        assertThat(heard())
                .containsExactly(
                        new News<>(Kind.CREATED, KEY, large, null), new News<>(Kind.REMOVED, KEY, null, large));
    }

    @Test
    @Tag("race")
    void newsOfAKeyComeInTheOrderOfItsChanges() throws InterruptedException {
        int changes = contract.rounds(2_000);
        write(other, KEY, "first");
        hear(Wish.CHANGES_WITH_PREVIOUS);
        Store<String, String> third = open(context);
        third.listen(new RecordingStoreListener<>());

        Race.of(2).run(thread -> {
            for (int i = 0; i < changes; i++) {
                write(thread == 0 ? other : third, KEY, thread + " " + i);
            }
        });

        List<News<String, String>> heard = heard();
        List<String> values = new ArrayList<>(List.of("first"));
        heard.forEach(news -> values.add(news.value()));
        assertThat(heard).hasSize(2 * changes);
        assertThat(heard).extracting(News::previous).isEqualTo(values.subList(0, 2 * changes));
        assertThat(values.get(2 * changes)).isEqualTo(valueOf(KEY));
    }

    @Test
    void nothingIsToldBeforeItIsWantedNorAfter() {
        write(other, TOGETHER + "before", "value");
        hear(Wish.CHANGES);

        store.wantNews(Wish.NONE);
        write(other, TOGETHER + "after", "value");
        settleByAnother();

        // what was being told just then may still be
        assertThat(listener.changes()).extracting(News::key).allMatch(key -> key.startsWith(TRIAL));
    }

    @Test
    void closedStoreIsToldNothing() {
        hear(Wish.CHANGES);

        store.close();
        write(other, TOGETHER + "after", "value");
        settleByAnother();

        assertThat(listener.changes()).extracting(News::key).allMatch(key -> key.startsWith(TRIAL));
    }

    @Test
    void wishForNothingIsHarmlessAlsoWhenClosed() {
        store.wantNews(Wish.NONE);
        store.close();
        store.wantNews(Wish.NONE);
    }

    private static void write(Store<String, String> writer, String key, String value) {
        writer.write(key, Change.put(value, Ttl.ETERNAL));
    }

    /** Asks for news, and waits until they come. */
    private void hear(Wish wish) {
        store.wantNews(wish);
        hear(listener, wish);
    }

    private void hear(RecordingStoreListener<String, String> hearer, Wish wish) {
        boolean hears = IntStream.range(0, TRIALS).anyMatch(trial -> {
            write(other, TRIAL + trial, "1");
            write(other, TRIAL + trial, "2");
            StoreContract.sleep(BETWEEN_TRIALS);
            return hearer.changes().stream()
                    .anyMatch(news -> wish == Wish.CHANGES ? news.value() != null : news.previous() != null);
        });
        assertThat(hears).as("news come").isTrue();
    }

    /** Returns what was heard until now, but for the trials. */
    private List<News<String, String>> heard() {
        write(other, LAST, "");
        for (int trial = 0; trial < TRIALS && !hasHeardLast(); trial++) {
            StoreContract.sleep(BETWEEN_TRIALS);
        }
        assertThat(hasHeardLast()).as("news come").isTrue();
        return listener.changes().stream()
                .filter(news -> !news.key().equals(LAST) && !news.key().startsWith(TRIAL))
                .toList();
    }

    private boolean hasHeardLast() {
        return listener.changes().stream().anyMatch(news -> news.key().equals(LAST));
    }

    /** Waits until a third store has heard what this one would have. */
    private void settleByAnother() {
        Store<String, String> third = open(context);
        RecordingStoreListener<String, String> hearer = new RecordingStoreListener<>();
        third.listen(hearer);
        third.wantNews(Wish.CHANGES);
        hear(hearer, Wish.CHANGES);
    }
}
