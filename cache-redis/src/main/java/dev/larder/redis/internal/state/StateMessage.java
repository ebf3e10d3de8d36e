package dev.larder.redis.internal.state;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a script publishes of a change that it made: {@code E1700000000000042} for a clear of that number, {@code T1700000000000077 1700000000000042 3:red5:green}
 * for an invalidation of tags, each after its length in bytes, with the number of the change before it.
 *
 * @param number of the change
 * @param previous the number of the change before it; not told of a clear
 * @param tags that were invalidated; none for a clear
 */
record StateMessage(long number, long previous, List<String> tags) {

    /**
     * Reads a message.
     *
     * @throws IllegalArgumentException if it is not one
     */
    static StateMessage of(byte[] message) {
        String text = new String(message, StandardCharsets.ISO_8859_1);
        if (text.startsWith("E")) {
            return new StateMessage(Long.parseLong(text.substring(1)), 0, List.of());
        }
        int middle = text.indexOf(' ');
        int end = text.indexOf(' ', middle + 1);
        if (!text.startsWith("T") || end < 0) {
            throw new IllegalArgumentException("no message of a state: " + message.length + " bytes");
        }
        long previous = Long.parseLong(text.substring(middle + 1, end));
        return new StateMessage(Long.parseLong(text.substring(1, middle)), previous, tags(text, end + 1));
    }

    private static List<String> tags(String text, int start) {
        List<String> tags = new ArrayList<>();
        int at = start;
        while (at < text.length()) {
            int colon = text.indexOf(':', at);
            if (colon < 0) {
                throw new IllegalArgumentException("tag without a length");
            }
            int end = colon + 1 + Integer.parseInt(text.substring(at, colon));
            if (end < colon + 1 || end > text.length()) { // less than nothing, or more than there is room for
                throw new IllegalArgumentException("tag that ends early");
            }
            tags.add(new String(
                    text.substring(colon + 1, end).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
            at = end;
        }
        return tags;
    }

    /** Whether nothing lies between this and the change of that number, and all there is to know of this is here. */
    boolean completes(long known) {
        return previous == known && !tags.isEmpty();
    }
}
