package dev.larder.testkit.history;

import dev.larder.testkit.history.Operation.Kind;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes operations on one key equal that nobody can tell apart, so that there are fewer orders to look at.
 *
 * <p>A value that no call was answered with, and none expected, is as good as any other such value. And of an unknown call the
 * answer does not matter.
 */
final class Simplification {

    private final Set<Object> observed;
    private final NavigableSet<Long> observedNumbers = new TreeSet<>();
    private final long lowestSum;
    private final long highestSum;

    /** Stands for all values that nobody observed. */
    enum Unobserved {
        VALUE;

        @Override
        public String toString() {
            return "one that nobody saw";
        }
    }

    Simplification(List<Call> calls) {
        observed = calls.stream()
                .flatMap(call -> Stream.of(call.operation().expected(), call.answer()))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        observed.stream().filter(Long.class::isInstance).map(Long.class::cast).forEach(observedNumbers::add);
        lowestSum = sumOfIncrements(calls, -1);
        highestSum = sumOfIncrements(calls, 1);
    }

    private static long sumOfIncrements(List<Call> calls, int sign) {
        return calls.stream()
                .map(Call::operation)
                .filter(operation -> operation.kind() == Kind.INCREMENT)
                .mapToLong(Operation::amount)
                .filter(amount -> Long.signum(amount) == sign)
                .sum();
    }

    Call simplify(Call call) {
        Operation operation = call.operation();
        Kind kind = call.isUnknown() ? withoutAnswer(operation.kind()) : operation.kind();
        Object value = isObserved(operation.value(), kind) ? operation.value() : Unobserved.VALUE;
        Operation simple = new Operation(kind, operation.expected(), value);
        return new Call(call.name(), call.key(), simple, call.beganNanos(), call.endedNanos(), call.answer());
    }

    private static Kind withoutAnswer(Kind kind) {
        return switch (kind) {
            case GET_AND_PUT -> Kind.PUT;
            case GET_AND_REPLACE -> Kind.REPLACE;
            case GET_AND_REMOVE -> Kind.REMOVE;
            default -> kind;
        };
    }

    /** Whether somebody saw a value that is to be written, or may have seen what increments made of it. */
    private boolean isObserved(@Nullable Object value, Kind kind) {
        if (value == null || kind == Kind.INCREMENT) {
            return true;
        }
        if (value instanceof Long number) {
            Long next = observedNumbers.ceiling(number + lowestSum);
            return next != null && next <= number + highestSum;
        }
        return observed.contains(value);
    }
}
