package dev.larder.redis.internal.link;

import org.jspecify.annotations.Nullable;

/**
 * What a node says of a key that another one has: {@code MOVED 3999 10.0.0.5:6381} if it has the slot, {@code ASK 3999 10.0.0.5:6381} if it is
 * just being given it.
 *
 * @param isAsk whether only this command is to go there
 * @param host empty if it is that of the node that says so
 */
record Redirection(boolean isAsk, String host, int port) {

    /** Returns what an error says, or null if it is another one. */
    static @Nullable Redirection of(@Nullable String error) {
        if (error == null || !(error.startsWith("MOVED ") || error.startsWith("ASK "))) {
            return null;
        }
        String address = error.substring(error.lastIndexOf(' ') + 1);
        int colon = address.lastIndexOf(':'); // the last one: an address of IPv6 has more
        try {
            return new Redirection(
                    error.startsWith("ASK "),
                    address.substring(0, Math.max(0, colon)),
                    Integer.parseInt(address.substring(colon + 1)));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
