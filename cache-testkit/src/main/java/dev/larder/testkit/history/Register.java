package dev.larder.testkit.history;

import dev.larder.testkit.history.Operation.Kind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sequential specification: what an operation answers, and leaves behind, if it is alone. A state is the value of the
 * key, null if there is none.
 */
final class Register {

    /** The answer of an increment of something that is no number: it fails, which is none of the answers that are recorded. */
    private static final Object FAILURE = new Object();

    private Register() {}

    /** What an operation did. */
    record Step(@Nullable Object answer, @Nullable Object state) {}

    static Step apply(@Nullable Object state, Operation operation) {
        Object value = operation.value();
        return switch (operation.kind()) {
            case GET -> new Step(state, state);
            case CONTAINS_KEY -> new Step(state != null, state);
            case PUT -> new Step(null, value);
            case GET_AND_PUT -> new Step(state, value);
            case PUT_IF_ABSENT -> changeIf(state == null, state, value);
            case REPLACE -> changeIf(state != null, state, value);
            case REPLACE_IF -> changeIf(Objects.equals(state, operation.expected()), state, value);
            case GET_AND_REPLACE -> new Step(state, state == null ? null : value);
            case REMOVE -> changeIf(state != null, state, null);
            case REMOVE_IF -> changeIf(Objects.equals(state, operation.expected()), state, null);
            case GET_AND_REMOVE -> new Step(state, null);
            case INCREMENT -> increment(state, operation.amount());
        };
    }

    private static Step changeIf(boolean condition, @Nullable Object before, @Nullable Object after) {
        return new Step(condition, condition ? after : before);
    }

    private static Step increment(@Nullable Object state, long amount) {
        if (state != null && !(state instanceof Long)) {
            return new Step(FAILURE, state);
        }
        long sum = amount + (state == null ? 0 : (Long) state);
        return new Step(sum, sum);
    }

    /** Whether an operation with this answer left the value alone, whatever that was. */
    static boolean changesNothing(Operation operation, @Nullable Object answer) {
        Kind kind = operation.kind();
        if (kind == Kind.GET_AND_REMOVE || kind == Kind.GET_AND_REPLACE) {
            return answer == null;
        }
        return kind.isRead() || Boolean.FALSE.equals(answer);
    }
}
