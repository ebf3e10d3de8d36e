package dev.larder.jcache.internal.config;

import dev.larder.codec.frame.CodecSettings;
import dev.larder.jcache.CacheSettings;
import dev.larder.store.guard.OnStoreFailure;
import java.util.regex.Pattern;

/**
 * Reads simple values. A string will do for each, because that is what placeholders and environment variables give.
 *
 * <p>The messages of the exceptions are the rest of a sentence that begins with the value.
 */
final class Scalars {

    private static final Pattern DIGITS = Pattern.compile("-?\\d+(_\\d+)*");

    private Scalars() {}

    static String toText(Node.Scalar scalar) {
        if (!scalar.isString()) {
            throw new IllegalArgumentException("is not a text; put it in double quotes");
        }
        if (scalar.text().isBlank()) {
            throw new IllegalArgumentException("is empty; write a value, or leave the key out");
        }
        return scalar.text();
    }

    static boolean toBoolean(Node.Scalar scalar) {
        return switch (scalar.text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("is neither true nor false; write one of them");
        };
    }

    static CodecSettings.Format toFormat(Node.Scalar scalar) {
        return switch (scalar.text()) {
            case "auto" -> CodecSettings.Format.AUTOMATIC;
            case "json" -> CodecSettings.Format.JSON;
            case "cbor" -> CodecSettings.Format.CBOR;
            case "self-describing" -> CodecSettings.Format.SELF_DESCRIBING;
            case "java" -> CodecSettings.Format.JAVA;
            default ->
                throw new IllegalArgumentException(
                        "is no codec; write one of auto, json, cbor, self-describing and java");
        };
    }

    static OnStoreFailure toOnStoreFailure(Node.Scalar scalar) {
        return switch (scalar.text()) {
            case "degrade" -> OnStoreFailure.DEGRADE;
            case "fail" -> OnStoreFailure.FAIL;
            default -> throw new IllegalArgumentException("is neither degrade nor fail; write one of them");
        };
    }

    static long toCount(Node.Scalar scalar) {
        long count = toLong(scalar);
        if (count < 0) {
            throw new IllegalArgumentException("must not be negative; write 0 or more");
        }
        return count;
    }

    static long toLong(Node.Scalar scalar) {
        if (!DIGITS.matcher(scalar.text()).matches()) {
            throw new IllegalArgumentException("is not a whole number; write 10000 or \"10_000\"");
        }
        try {
            return Long.parseLong(scalar.text().replace("_", ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("is too large; the most is " + Long.MAX_VALUE, e);
        }
    }

    static int toInt(Node.Scalar scalar) {
        long number = toLong(scalar);
        if (number != (int) number) {
            throw new IllegalArgumentException("is too large; the most is " + Integer.MAX_VALUE);
        }
        return (int) number;
    }

    static int toNumber(Node.Scalar scalar, int least) {
        int number = toInt(scalar);
        if (number < least) {
            throw new IllegalArgumentException("is too small; write " + least + " or more");
        }
        return number;
    }

    static double toFraction(Node.Scalar scalar) {
        double number = toDouble(scalar);
        if (!(number > 0 && number < 1)) {
            throw new IllegalArgumentException("must be more than 0 and less than 1; write 0.8");
        }
        return number;
    }

    static double toFactor(Node.Scalar scalar) {
        double number = toDouble(scalar);
        if (!(number > 0 && Double.isFinite(number))) {
            throw new IllegalArgumentException("must be more than 0; write 1.0");
        }
        return number;
    }

    static double toJitter(Node.Scalar scalar) {
        double jitter = toDouble(scalar);
        if (!(jitter >= 0 && jitter <= CacheSettings.MOST_JITTER)) {
            throw new IllegalArgumentException("is not from 0 to 0.5; write 0.1 to shorten by up to a tenth");
        }
        return jitter;
    }

    static double toDouble(Node.Scalar scalar) {
        try {
            return Double.parseDouble(scalar.text());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("is not a number; write 0.5", e);
        }
    }
}
