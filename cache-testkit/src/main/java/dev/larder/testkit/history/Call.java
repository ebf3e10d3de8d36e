package dev.larder.testkit.history;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One operation that a client made, and what came of it.
 *
 * @param name who made it, for people to read
 * @param beganNanos a moment before it could take effect
 * @param endedNanos a moment after it took effect; {@link #NEVER} if nobody knows whether and when it did
 * @param answer null, a {@link String}, a {@link Long} or a {@link Boolean}; null if the outcome is unknown
 */
public record Call(
        String name,
        String key,
        Operation operation,
        long beganNanos,
        long endedNanos,
        @Nullable Object answer) {

    /** The end of a call that may take effect at any time, or never. */
    public static final long NEVER = Long.MAX_VALUE;

    public Call {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(operation, "operation");
        if (endedNanos < beganNanos) {
            throw new IllegalArgumentException(
                    "call " + name + " cannot end before it began: " + endedNanos + " < " + beganNanos);
        }
    }

    /** Returns a call of which nobody knows whether it took effect. */
    public static Call unknown(String name, String key, Operation operation, long beganNanos) {
        return new Call(name, key, operation, beganNanos, NEVER, null);
    }

    /** Whether it may have been applied at any time after its begin, or never. */
    public boolean isUnknown() {
        return endedNanos == NEVER;
    }

    /** Whether it left the value alone, wherever in an order it stands. */
    boolean changesNothing() {
        return !isUnknown() && Register.changesNothing(operation, answer);
    }

    /** Whether a value is among what it was given and what it answered. */
    boolean mentions(Object value) {
        return value.equals(operation.expected()) || value.equals(operation.value()) || value.equals(answer);
    }

    @Override
    public String toString() {
        return name + " " + operation + " -> " + (isUnknown() ? "?" : Operation.show(answer));
    }
}
