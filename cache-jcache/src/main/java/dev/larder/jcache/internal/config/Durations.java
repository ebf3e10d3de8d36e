package dev.larder.jcache.internal.config;

import dev.larder.store.Ttl;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations: {@code 500ms}, {@code 10m}, {@code 1h30m}, {@code 7d}, and those of ISO 8601, {@code PT10M}. */
final class Durations {

    static final String NEVER = "never";

    /** As the schema has it: not as strict as the code about the order of units in ISO 8601. */
    static final String SCHEMA_PATTERN = "^(([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?|P[0-9DTHMS.]+)$";

    private static final String FORMS = "write 500ms, 30s, 10m, 1h30m, 7d or PT10M";
    private static final Pattern UNITS =
            Pattern.compile("(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private Durations() {}

    /** Reads how long entries live: at least a millisecond, or {@code never}. */
    static Ttl toExpiry(String text) {
        if (text.equals(NEVER)) {
            return Ttl.ETERNAL;
        }
        return Ttl.of(atLeastAMilli(parse(text), "; write never for entries that do not expire"));
    }

    /** Reads a duration of at least a millisecond. */
    static Duration toPositive(String text) {
        return atLeastAMilli(parse(text), "");
    }

    private static Duration atLeastAMilli(Duration duration, String advice) {
        if (duration.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("must be 1ms or more" + advice);
        }
        return duration;
    }

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException if it is none; the message is the rest of a sentence that begins with the text
     */
    static Duration parse(String text) {
        if (text.startsWith("-")) {
            throw new IllegalArgumentException("must not be negative; " + FORMS);
        }
        if (NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "has no unit; write \"" + text + "s\", \"" + text + "m\" or \"" + text + "h\"");
        }
        Duration duration = parsed(text);
        if (duration.isNegative()) {
            throw new IllegalArgumentException("must not be negative; " + FORMS);
        }
        return duration;
    }

    private static Duration parsed(String text) {
        try {
            Matcher units = UNITS.matcher(text);
            return units.matches() && !text.isEmpty() ? sum(units) : Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("is not a duration; " + FORMS, e);
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("is too long; " + FORMS, e);
        }
    }

    private static Duration sum(Matcher units) {
        return Duration.ofDays(number(units, 1))
                .plusHours(number(units, 2))
                .plusMinutes(number(units, 3))
                .plusSeconds(number(units, 4))
                .plusMillis(number(units, 5));
    }

    private static long number(Matcher units, int group) {
        return units.group(group) == null ? 0 : Long.parseLong(units.group(group));
    }
}
