package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Outcome;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.Ttl;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What each change does under each condition, as tables: a row for the condition, a column for the state of the key, in
 * the cell the effect. The effect decides what is there afterwards.
 */
abstract class ChangeContract extends StoreFixture {

    private static final String OLD = "old";
    private static final String NEW = "new";

    ChangeContract(StoreContract contract) {
        super(contract);
    }

    @ParameterizedTest(name = "put, condition {0}")
    @CsvSource(delimiter = '|', textBlock = """
            # condition        | absent  | live     | expired | leased
            ALWAYS             | CREATED | UPDATED  | CREATED | CREATED
            IF_ABSENT          | CREATED | MISMATCH | CREATED | CREATED
            IF_PRESENT         | ABSENT  | UPDATED  | ABSENT  | ABSENT
            IF_VALUE           | ABSENT  | UPDATED  | ABSENT  | ABSENT
            IF_ANOTHER_VALUE   | ABSENT  | MISMATCH | ABSENT  | ABSENT
            IF_UNCHANGED       | ABSENT  | UPDATED  | ABSENT  | ABSENT
            IF_STILL_THE_FIRST | ABSENT  | MISMATCH | ABSENT  | ABSENT
            """)
    void put(Condition condition, Effect absent, Effect live, Effect expired, Effect leased) {
        check(() -> Change.put(NEW, LONG_TTL), condition, absent, live, expired, leased);
    }

    @ParameterizedTest(name = "remove, condition {0}")
    @CsvSource(delimiter = '|', textBlock = """
            # condition        | absent  | live     | expired | leased
            ALWAYS             | ABSENT  | REMOVED  | ABSENT  | ABSENT
            IF_PRESENT         | ABSENT  | REMOVED  | ABSENT  | ABSENT
            IF_VALUE           | ABSENT  | REMOVED  | ABSENT  | ABSENT
            IF_ANOTHER_VALUE   | ABSENT  | MISMATCH | ABSENT  | ABSENT
            IF_UNCHANGED       | ABSENT  | REMOVED  | ABSENT  | ABSENT
            IF_STILL_THE_FIRST | ABSENT  | MISMATCH | ABSENT  | ABSENT
            """)
    void remove(Condition condition, Effect absent, Effect live, Effect expired, Effect leased) {
        check(Change::remove, condition, absent, live, expired, leased);
    }

    @ParameterizedTest(name = "touch, condition {0}")
    @CsvSource(delimiter = '|', textBlock = """
            # condition        | absent  | live     | expired | leased
            ALWAYS             | ABSENT  | TOUCHED  | ABSENT  | ABSENT
            IF_PRESENT         | ABSENT  | TOUCHED  | ABSENT  | ABSENT
            IF_VALUE           | ABSENT  | TOUCHED  | ABSENT  | ABSENT
            IF_ANOTHER_VALUE   | ABSENT  | MISMATCH | ABSENT  | ABSENT
            IF_UNCHANGED       | ABSENT  | TOUCHED  | ABSENT  | ABSENT
            IF_STILL_THE_FIRST | ABSENT  | MISMATCH | ABSENT  | ABSENT
            """)
    void touch(Condition condition, Effect absent, Effect live, Effect expired, Effect leased) {
        check(() -> Change.touch(LONG_TTL), condition, absent, live, expired, leased);
    }

    private void check(
            Supplier<Change<String>> change,
            Condition condition,
            Effect absent,
            Effect live,
            Effect expired,
            Effect leased) {
        List<Cell> cells = new ArrayList<>();
        for (Ask ask : Ask.values()) {
            cells.add(new Cell(State.ABSENT, ask, absent));
            cells.add(new Cell(State.LIVE, ask, live));
            cells.add(new Cell(State.EXPIRED, ask, expired));
            if (context.leases()) {
                cells.add(new Cell(State.LEASED, ask, leased));
            }
        }
        advanceUnswept(ttl);

        cells.forEach(cell -> cell.write(change.get(), condition));

        cells.forEach(cell -> cell.check(condition));
        settle();
        cells.forEach(Cell::checkNews);
    }

    /** When a change applies; the key has held two entries of the same value, one after the other. */
    enum Condition {
        ALWAYS((change, entries) -> change),
        IF_ABSENT((change, entries) -> change.ifAbsent()),
        IF_PRESENT((change, entries) -> change.ifPresent()),
        IF_VALUE((change, entries) -> change.ifValue(OLD)),
        IF_ANOTHER_VALUE((change, entries) -> change.ifValue("another")),
        IF_UNCHANGED((change, entries) -> change.ifUnchanged(entries.second)),
        IF_STILL_THE_FIRST((change, entries) -> change.ifUnchanged(entries.first));

        @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
        private final BiFunction<Change<String>, Entries, Change<String>> addition;

        Condition(BiFunction<Change<String>, Entries, Change<String>> addition) {
            this.addition = addition;
        }

        Change<String> addTo(Change<String> change, Entries entries) {
            return addition.apply(change, entries);
        }
    }

    private record Entries(Entry<String> first, Entry<String> second) {}

    /** What a key is when it is changed. */
    private enum State {
        ABSENT,
        LIVE,
        EXPIRED,
        LEASED
    }

    /** What the change asks to be told. */
    private enum Ask {
        NOTHING,
        EFFECT,
        PREVIOUS;

        Change<String> addTo(Change<String> change) {
            return switch (this) {
                case NOTHING -> change;
                case EFFECT -> change.tellingEffect();
                case PREVIOUS -> change.returningPrevious();
            };
        }
    }

    /** One key in one state, the change of it, and what is expected of that. */
    private final class Cell {

        private final String key;
        private final State state;
        private final Ask ask;
        private final Effect expected;
        private final Entries entries;
        private long timesToldBefore;
        private Outcome<String> outcome = Outcome.of(Effect.APPLIED);

        Cell(State state, Ask ask, Effect expected) {
            this.key = ("a key that is " + state + ", asking for " + ask).toLowerCase(Locale.ROOT);
            this.state = state;
            this.ask = ask;
            this.expected = expected;
            this.entries = prepare();
        }

        private Entries prepare() {
            StoreFixture fixture = ChangeContract.this;
            fixture.put(key, OLD);
            Entry<String> first = readLive(key);
            fixture.put(key, OLD, state == State.EXPIRED ? shortTtl : Ttl.ETERNAL);
            Entry<String> second = readLive(key);
            if (state == State.ABSENT || state == State.LEASED) {
                fixture.remove(key);
            }
            if (state == State.LEASED) {
                assertThat(lease(key).isGranted()).isTrue();
            }
            return new Entries(first, second);
        }

        void write(Change<String> change, Condition condition) {
            timesToldBefore = timesTold(key);
            outcome = store.write(key, ask.addTo(condition.addTo(change, entries)));
        }

        void check(Condition condition) {
            checkEffect(condition);
            assertThat(valueOf(outcome.previous())).as("previous of %s", key).isEqualTo(expectedPrevious());
            assertThat(valueOf(key)).as("afterwards, value of %s", key).isEqualTo(expectedValue());
        }

        private void checkEffect(Condition condition) {
            if (ask != Ask.NOTHING) {
                assertThat(outcome.effect()).as("effect on %s", key).isEqualTo(expected);
            } else if (condition == Condition.ALWAYS) {
                assertThat(outcome.effect()).as("effect on %s", key).isIn(expected, Effect.APPLIED);
            } else {
                assertThat(outcome.effect())
                        .as("effect on %s", key)
                        .isIn(expected, Outcome.of(expected).isApplied() ? Effect.APPLIED : expected);
            }
        }

        private @Nullable String expectedPrevious() {
            return state == State.LIVE && ask == Ask.PREVIOUS ? OLD : null;
        }

        private @Nullable String expectedValue() {
            return switch (expected) {
                case CREATED, UPDATED -> NEW;
                case TOUCHED, MISMATCH -> OLD;
                default -> null;
            };
        }

        /** An expired entry is told once: in the outcome if this change took it away, else to the listener. */
        void checkNews() {
            long timesToldByOutcome = outcome.expired() == null ? 0 : 1;
            if (state == State.EXPIRED && tellsValues()) {
                if (expected == Effect.CREATED && timesToldBefore == 0) {
                    assertThat(valueOf(outcome.expired()))
                            .as("expired of %s", key)
                            .isEqualTo(OLD);
                }
                eventually(() -> assertThat(timesTold(key) + timesToldByOutcome)
                        .as("times told of %s", key)
                        .isOne());
            } else {
                long atMost = state == State.EXPIRED ? 1 : 0;
                assertThat(timesTold(key) + timesToldByOutcome)
                        .as("times told of %s", key)
                        .isLessThanOrEqualTo(atMost);
            }
        }
    }
}
