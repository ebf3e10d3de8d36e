package dev.larder.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LinearizabilityCheckerTest {

    private static Call call(String name, long began, long ended, Operation operation, Object answer) {
        return new Call(name, "k", operation, began, ended, answer);
    }

    @Test
    void nothingIsLinearizable() {
        assertThat(check(List.of())).isEqualTo(new Verdict.Linearizable(0, 0));
    }

    @Test
    void callsThatMeetInOneMomentOverlap() {
        List<Call> calls = List.of(
                call("writer", 10, 20, Operation.putIfAbsent("v"), true),
                call("reader", 0, 10, Operation.containsKey(), true));

        assertThat(check(calls).isLinearizable()).isTrue();
    }

    @Test
    void violationShowsTheCallsAroundItAndWhereItsValueCameFrom() {
        List<Call> calls = List.of(
                call("one#1", 0, 1_000, Operation.put("a"), null),
                call("one#2", 2_000, 3_000, Operation.getAndPut("b"), "a"),
                call("two#1", 4_000, 6_000, Operation.increment(3), 3L),
                call("one#3", 5_000, 7_500, Operation.get(), "a"));

        assertThat(check(calls.subList(0, 2)).isLinearizable()).isTrue();
        assertThat(check(List.of(calls.get(0), calls.get(1), calls.get(3)))).hasToString("""
                key k: no order of the calls explains one#3 get() -> "a"
                the value was one that nobody saw; then, in microseconds:
                         0.0 ..          2.5  one#3 get() -> "a"   <- here
                elsewhere, with the same value:
                        -5.0 ..         -4.0  one#1 put("a") -> null
                        -3.0 ..         -2.0  one#2 getAndPut("b") -> "a"
                """);
    }

    @Test
    void violationIsTheFirstThatCannotBeExplained() {
        List<Call> calls = List.of(
                call("1", 0, 10, Operation.increment(1), 1L),
                call("2", 20, 30, Operation.increment(1), 1L),
                call("3", 40, 50, Operation.increment(1), 1L));

        assertThat(check(calls))
                .isInstanceOfSatisfying(
                        Verdict.Violated.class,
                        violated -> assertThat(violated.call()).isEqualTo(calls.get(1)));
    }

    @Test
    void incrementOfATextFails() {
        List<Call> calls = List.of(
                call("1", 0, 10, Operation.put("5"), null),
                Call.unknown("2", "k", Operation.increment(1), 20),
                call("3", 30, 40, Operation.get(), "5"));

        assertThat(check(calls).isLinearizable()).isTrue();
    }

    /** Every subset of the increments makes another sum, and none of them the one that was read. */
    @Test
    void tooManyOrdersAreUndecided() {
        List<Call> calls = new ArrayList<>(LongStream.range(0, 40)
                .mapToObj(i -> Call.unknown("unknown", "k", Operation.increment(1L << i), 0))
                .toList());
        calls.add(call("reader", 10, 20, Operation.get(), -1L));

        assertThat(new KeyCheck("k", calls, new Budget(200_000)).run())
                .isInstanceOfSatisfying(
                        Verdict.Undecided.class,
                        undecided -> assertThat(undecided)
                                .hasToString("key k: too many orders are possible, at reader get() -> -1"));
    }

    @Test
    void moreCallsAtOnceThanThereAreSlotsAreUndecided() {
        List<Call> calls = LongStream.range(0, 65)
                .mapToObj(i -> call("reader" + i, 0, 10, Operation.get(), null))
                .toList();

        assertThat(check(calls.subList(0, 64)).isLinearizable()).isTrue();
        assertThat(check(calls)).isInstanceOf(Verdict.Undecided.class);
    }

    @Test
    void violatedKeyIsReportedBeforeAnUndecidedOne() {
        List<Call> calls = new ArrayList<>(LongStream.range(0, 65)
                .mapToObj(i -> call("reader" + i, 0, 10, Operation.get(), null))
                .toList());
        calls.add(new Call("bad", "z", Operation.get(), 0, 10, "v"));

        assertThat(check(calls)).isInstanceOf(Verdict.Violated.class);
    }

    private static Verdict check(List<Call> calls) {
        return LinearizabilityChecker.check(History.of(calls));
    }
}
