package dev.larder.testkit.history;

import dev.larder.testkit.history.Operation.Kind;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file that holds the calls of one process.
 *
 * <pre>
 * {@literal >} 17 81234567890 user:3 GET_AND_PUT - 'v1    call 17 begins: moment, key, operation, expected value, value
 * = 17 81234567999 81234568200 'v0          it was answered: began, ended, answer
 * {@literal >} 18 81234568300 user:3 INCREMENT - 1
 * ! 18                                      it was surely not applied
 * {@literal >} 19 81234568400 user:3 REMOVE - -           nothing more: nobody knows
 * </pre>
 *
 * <p>A text has an apostrophe in front of it and is encoded as in a URL; nothing is a hyphen. The moment of a begin is taken before its
 * line is written, the one in the answer after that, so that calls overlap no more than they have to.
 */
final class Lines {

    static final String BEGAN = ">";
    static final String ANSWERED = "=";
    static final String NOT_APPLIED = "!";

    private static final String NOTHING = "-";
    private static final String TEXT = "'";

    private Lines() {}

    static String began(long number, long nanos, String key, Operation operation) {
        return line(
                BEGAN,
                number,
                nanos,
                encode(key),
                operation.kind(),
                value(operation.expected()),
                value(operation.value()));
    }

    static String answered(long number, long beganNanos, long endedNanos, @Nullable Object answer) {
        return line(ANSWERED, number, beganNanos, endedNanos, value(answer));
    }

    static String notApplied(long number) {
        return line(NOT_APPLIED, number);
    }

    private static String line(Object... fields) {
        StringBuilder line = new StringBuilder();
        for (Object field : fields) {
            line.append(line.isEmpty() ? "" : " ").append(field);
        }
        return line.append('\n').toString();
    }

    /** Returns the call that a begin tells of, as one with an unknown outcome. */
    static Call begun(String name, String[] fields) {
        Operation operation = new Operation(Kind.valueOf(fields[4]), valueOf(fields[5]), valueOf(fields[6]));
        return Call.unknown(name, decode(fields[3]), operation, Long.parseLong(fields[2]));
    }

    /** Returns the call with the outcome that an answer tells of. */
    static Call ended(Call begun, String[] fields) {
        return new Call(
                begun.name(),
                begun.key(),
                begun.operation(),
                Long.parseLong(fields[2]),
                Long.parseLong(fields[3]),
                valueOf(fields[4]));
    }

    private static String value(@Nullable Object value) {
        if (value == null) {
            return NOTHING;
        }
        if (value instanceof String text) {
            return TEXT + encode(text);
        }
        if (value instanceof Long || value instanceof Boolean) {
            return value.toString();
        }
        throw new IllegalArgumentException("an answer of a history must be null, a String, a Long or a Boolean: "
                + value.getClass().getName());
    }

    private static @Nullable Object valueOf(String field) {
        if (field.startsWith(TEXT)) {
            return decode(field.substring(TEXT.length()));
        }
        return switch (field) {
            case NOTHING -> null;
            case "true" -> true;
            case "false" -> false;
            default -> Long.valueOf(field);
        };
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
