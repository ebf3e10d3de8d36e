package dev.larder.redis.internal.link;

import java.io.ByteArrayOutputStream;

/** Patterns of keys, in which some bytes have a meaning of their own. */
public final class Globs {

    private static final String SPECIAL = "*?[]\\^-";

    private Globs() {}

    /** Returns the pattern of what begins with these bytes. */
    public static byte[] startingWith(byte[] prefix) {
        ByteArrayOutputStream pattern = new ByteArrayOutputStream();
        for (byte each : prefix) {
            if (SPECIAL.indexOf(each) >= 0) {
                pattern.write('\\');
            }
            pattern.write(each);
        }
        pattern.write('*');
        return pattern.toByteArray();
    }
}
