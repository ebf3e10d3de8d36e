package dev.larder.store;

import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, written with its unit: {@code 64MiB}.
 *
 * @param bytes zero or more
 */
public record ByteSize(long bytes) {

    private static final Map<String, Long> UNITS = Map.of(
            "B", 1L,
            "kB", 1_000L,
            "MB", 1_000_000L,
            "GB", 1_000_000_000L,
            "KiB", 1L << 10,
            "MiB", 1L << 20,
            "GiB", 1L << 30);

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,3}(?:_?\\d{1,3}){0,5})(B|kB|MB|GB|KiB|MiB|GiB)");

    /** Checks the range. */
    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size must not be negative: " + bytes);
        }
    }

    /**
     * Reads a size: digits, which may be grouped by underscores, and one of the units B, KiB, MiB, GiB, kB, MB and GB.
     *
     * @throws IllegalArgumentException if it is none; the message does not repeat the text
     */
    public static ByteSize parse(String text) {
        Matcher matcher = WRITTEN.matcher(Objects.requireNonNull(text, "text"));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("is not a size; write 64MiB, 512KiB, 1GB or 100B");
        }
        long number = Long.parseLong(matcher.group(1).replace("_", ""));
        try {
            return new ByteSize(Math.multiplyExact(number, Objects.requireNonNull(UNITS.get(matcher.group(2)))));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "is too large for a size; the most is " + (Long.MAX_VALUE >> 30) + "GiB", e);
        }
    }

    /** Returns the size in the largest of the units B, KiB, MiB and GiB that divides it. */
    @Override
    public String toString() {
        for (String unit : new String[] {"GiB", "MiB", "KiB"}) {
            long size = Objects.requireNonNull(UNITS.get(unit));
            if (bytes > 0 && bytes % size == 0) {
                return bytes / size + unit;
            }
        }
        return bytes + "B";
    }
}
