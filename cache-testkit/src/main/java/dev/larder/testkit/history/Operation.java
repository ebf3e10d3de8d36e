package dev.larder.testkit.history;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of one key. Values are {@link String} or {@link Long}, and are compared by {@code equals}.
 *
 * @param expected the value that must be there for the operation to do something, if it asks for one
 * @param value the value that is to be there afterwards, or the amount of an increment; null if there is neither
 */
public record Operation(
        Kind kind, @Nullable Object expected, @Nullable Object value) {

    /** The operations, named as in {@code javax.cache.Cache}. */
    public enum Kind {
        /** Answers with the value, or null. */
        GET("get"),
        /** Answers whether there is a value. */
        CONTAINS_KEY("containsKey"),
        /** Answers with null. */
        PUT("put"),
        /** Answers whether it put the value. */
        PUT_IF_ABSENT("putIfAbsent"),
        /** Answers with the value before, or null. */
        GET_AND_PUT("getAndPut"),
        /** Answers whether there was a value to replace. */
        REPLACE("replace"),
        /** Answers whether the expected value was there. */
        REPLACE_IF("replace"),
        /** Answers with the value before, or null if there was none to replace. */
        GET_AND_REPLACE("getAndReplace"),
        /** Answers whether there was a value. */
        REMOVE("remove"),
        /** Answers whether the expected value was there. */
        REMOVE_IF("remove"),
        /** Answers with the value before, or null. */
        GET_AND_REMOVE("getAndRemove"),
        /** Adds to a Long, where no value counts as zero, and answers with the sum. */
        INCREMENT("increment");

        private final String method;

        Kind(String method) {
            this.method = method;
        }

        boolean isRead() {
            return this == GET || this == CONTAINS_KEY;
        }

        /** Whether the value afterwards is the same whatever the value before is. */
        boolean overwrites() {
            return this == PUT || this == GET_AND_PUT || this == REMOVE || this == GET_AND_REMOVE;
        }
    }

    public Operation {
        Objects.requireNonNull(kind, "kind");
    }

    /** Returns {@code get()}. */
    public static Operation get() {
        return new Operation(Kind.GET, null, null);
    }

    /** Returns {@code containsKey()}. */
    public static Operation containsKey() {
        return new Operation(Kind.CONTAINS_KEY, null, null);
    }

    /** Returns {@code put(value)}. */
    public static Operation put(Object value) {
        return writing(Kind.PUT, value);
    }

    /** Returns {@code putIfAbsent(value)}. */
    public static Operation putIfAbsent(Object value) {
        return writing(Kind.PUT_IF_ABSENT, value);
    }

    /** Returns {@code getAndPut(value)}. */
    public static Operation getAndPut(Object value) {
        return writing(Kind.GET_AND_PUT, value);
    }

    /** Returns {@code replace(value)}. */
    public static Operation replace(Object value) {
        return writing(Kind.REPLACE, value);
    }

    /** Returns {@code replace(expected, value)}. */
    public static Operation replace(Object expected, Object value) {
        return new Operation(Kind.REPLACE_IF, requireValue(expected), requireValue(value));
    }

    /** Returns {@code getAndReplace(value)}. */
    public static Operation getAndReplace(Object value) {
        return writing(Kind.GET_AND_REPLACE, value);
    }

    /** Returns {@code remove()}. */
    public static Operation remove() {
        return new Operation(Kind.REMOVE, null, null);
    }

    /** Returns {@code remove(expected)}. */
    public static Operation remove(Object expected) {
        return new Operation(Kind.REMOVE_IF, requireValue(expected), null);
    }

    /** Returns {@code getAndRemove()}. */
    public static Operation getAndRemove() {
        return new Operation(Kind.GET_AND_REMOVE, null, null);
    }

    /** Returns an {@code invoke} of a processor that adds to the value and returns the sum. */
    public static Operation increment(long amount) {
        return new Operation(Kind.INCREMENT, null, amount);
    }

    private static Operation writing(Kind kind, Object value) {
        return new Operation(kind, null, requireValue(value));
    }

    private static Object requireValue(Object value) {
        if (value instanceof String || value instanceof Long) {
            return value;
        }
        throw new IllegalArgumentException("a value of a history must be a String or a Long: "
                + value.getClass().getName());
    }

    long amount() {
        return (Long) Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return Stream.of(expected, value)
                .filter(Objects::nonNull)
                .map(Operation::show)
                .collect(Collectors.joining(", ", kind.method + "(", ")"));
    }

    /** Shows a value or an answer; a text in quotes, so that it cannot be taken for a number. */
    static String show(@Nullable Object value) {
        return value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
    }
}
