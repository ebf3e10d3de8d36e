package dev.larder.testkit.history;

import static dev.larder.testkit.history.Operation.containsKey;
import static dev.larder.testkit.history.Operation.get;
import static dev.larder.testkit.history.Operation.getAndPut;
import static dev.larder.testkit.history.Operation.getAndRemove;
import static dev.larder.testkit.history.Operation.increment;
import static dev.larder.testkit.history.Operation.put;
import static dev.larder.testkit.history.Operation.putIfAbsent;
import static dev.larder.testkit.history.Operation.remove;
import static dev.larder.testkit.history.Operation.replace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.history.Generated.Shape;
import dev.larder.testkit.history.Verdict.Violated;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of mistake that a cache can make is found, in the midst of much that is right. */
class PlantedHistoriesTest {

    private static final String KEY = "key0";

    /**
     * A history that is right, but for one answer.
     *
     * @param call the call with that answer, the right one
     */
    private record Mistake(
            String name,
            List<Call> others,
            Call call,
            @Nullable Object wrongAnswer) {

        List<Call> right() {
            return Stream.concat(others.stream(), Stream.of(call)).toList();
        }

        List<Call> wrong() {
            return Stream.concat(others.stream(), Stream.of(Generated.withAnswer(call, wrongAnswer)))
                    .toList();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Mistake mistake(String name, Call call, @Nullable Object wrongAnswer, Call... others) {
        return new Mistake(name, List.of(others), call, wrongAnswer);
    }

    private static Call call(int began, int ended, Operation operation, @Nullable Object answer) {
        return new Call("planted@" + began, KEY, operation, began, ended, answer);
    }

    private static Call unknown(int began, Operation operation) {
        return Call.unknown("planted@" + began, KEY, operation, began);
    }

    private static Call putA() {
        return call(0, 10, put("a"), null);
    }

    private static Call putB() {
        return call(20, 30, put("b"), null);
    }

    static List<Mistake> mistakes() {
        return List.of(
                mistake("stale read", call(40, 50, get(), "b"), "a", putA(), putB()),
                mistake("lost update", call(5, 15, increment(1), 2L), 1L, call(0, 10, increment(1), 1L)),
                mistake("doubled increment", call(20, 30, get(), 1L), 2L, call(0, 10, increment(1), 1L)),
                mistake("resurrected value", call(40, 50, get(), null), "a", putA(), call(20, 30, remove(), true)),
                mistake("read from the future", call(0, 10, get(), null), "b", putB()),
                mistake("read of an unknown put from the future", call(0, 10, get(), null), "b", unknown(20, put("b"))),
                mistake(
                        "two winners of putIfAbsent",
                        call(5, 15, putIfAbsent("b"), false),
                        true,
                        call(0, 10, putIfAbsent("a"), true)),
                mistake("putIfAbsent although present", call(20, 30, putIfAbsent("b"), false), true, putA()),
                mistake("wrong previous value", call(40, 50, getAndPut("c"), "b"), "a", putA(), putB()),
                mistake(
                        "same value taken twice",
                        call(25, 35, getAndRemove(), null),
                        "a",
                        putA(),
                        call(20, 30, getAndRemove(), "a")),
                mistake("remove told false although present", call(20, 30, remove(), true), false, putA()),
                mistake("removed twice", call(25, 35, remove(), false), true, putA(), call(20, 30, remove(), true)),
                mistake("removed although another value", call(40, 50, remove("a"), false), true, putA(), putB()),
                mistake("read of what nobody wrote", call(20, 30, get(), "a"), "z", putA()),
                mistake(
                        "two winners of a compare-and-set",
                        call(25, 35, replace("a", "c"), false),
                        true,
                        putA(),
                        call(20, 30, replace("a", "b"), true)),
                mistake("replaced although absent", call(0, 10, replace("a"), false), true),
                mistake("containsKey told false although present", call(20, 30, containsKey(), true), false, putA()),
                mistake(
                        "second reader sees the older value",
                        call(40, 45, get(), "b"),
                        "a",
                        putA(),
                        call(20, 60, put("b"), null),
                        call(30, 35, get(), "b")),
                mistake(
                        "unknown put applied twice",
                        call(80, 90, get(), "c"),
                        "b",
                        putA(),
                        unknown(15, put("b")),
                        call(40, 50, get(), "b"),
                        call(60, 70, put("c"), null)),
                mistake(
                        "unknown increment applied twice",
                        call(40, 50, get(), 1L),
                        2L,
                        unknown(0, increment(1)),
                        call(20, 30, get(), 1L)));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void historyWithoutTheMistakeIsAccepted(Mistake mistake) {
        Verdict verdict = LinearizabilityChecker.check(History.of(amongOthers(mistake.right())));

        assertThat(verdict.isLinearizable()).as(verdict.toString()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void historyWithTheMistakeIsRejected(Mistake mistake) {
        Verdict verdict = LinearizabilityChecker.check(History.of(amongOthers(mistake.wrong())));

        assertThat(verdict).isInstanceOf(Violated.class);
        Violated violated = (Violated) verdict;
        assertThat(violated.key()).isEqualTo(KEY);
        assertThat(violated.call().name()).startsWith("planted");
        assertThat(violated.window()).contains(violated.call()).hasSizeLessThanOrEqualTo(5);
    }

    /** Puts calls behind a thousand on the same key, after which it has no value, and among ten thousand on other keys. */
    private static List<Call> amongOthers(List<Call> planted) {
        List<Call> all = new ArrayList<>(Generated.calls(1, new Shape(8, 125, 1, 0, Long.MAX_VALUE, 1)));
        long end = all.stream().mapToLong(Call::endedNanos).max().orElseThrow();
        all.add(moved(call(1, 2, put("x"), null), KEY, end));
        all.add(moved(call(3, 4, remove(), true), KEY, end));
        planted.forEach(call -> all.add(moved(call, KEY, end + 5)));
        Generated.calls(2, new Shape(8, 1_250, 10, 20, Long.MAX_VALUE, 1_000))
                .forEach(call -> all.add(moved(call, "other-" + call.key(), 0)));
        return all;
    }

    private static Call moved(Call call, String key, long nanos) {
        long ended = call.isUnknown() ? Call.NEVER : call.endedNanos() + nanos;
        return new Call(call.name(), key, call.operation(), call.beganNanos() + nanos, ended, call.answer());
    }

    /** Among many calls that nobody knows the outcome of, a read near the end gives what one near the start gave. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void staleReadAmongUnknownCallsIsRejected(int seed) {
        List<Call> calls = Generated.calls(seed, new Shape(8, 1_250, 10, 20, Long.MAX_VALUE, 1_000_000));
        int[] reads = IntStream.range(0, calls.size())
                .filter(i -> isReadOfValue(calls.get(i)))
                .toArray();
        Object stale = Objects.requireNonNull(calls.get(reads[0]).answer());
        int last = Arrays.stream(reads).reduce((one, other) -> other).orElseThrow();
        List<Call> wrong = new ArrayList<>(calls);
        wrong.set(last, Generated.withAnswer(calls.get(last), stale));

        Verdict verdict = LinearizabilityChecker.check(History.of(wrong));

        assertThat(verdict).isInstanceOf(Violated.class);
        assertThat(((Violated) verdict).call()).isEqualTo(wrong.get(last));
    }

    private static boolean isReadOfValue(Call call) {
        return call.key().equals(KEY)
                && !call.isUnknown()
                && call.operation().kind() == Operation.Kind.GET
                && call.answer() != null;
    }
}
