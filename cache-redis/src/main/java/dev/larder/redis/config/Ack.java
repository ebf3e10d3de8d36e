package dev.larder.redis.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When a write is acknowledged: as soon as the primary has made it, which a failover may undo, or when replicas have it, too. In settings it is
 * {@code primary} or {@code replicas(1)}.
 */
public final class Ack {

    /** As soon as the primary has made it. */
    public static final Ack PRIMARY = new Ack(0);

    /** Nobody has that many; and the number needs no more than an int. */
    private static final int MOST = 99;

    private static final Pattern REPLICAS = Pattern.compile("replicas\\(([0-9]{1,2})\\)");

    private final int replicas;

    private Ack(int replicas) {
        this.replicas = replicas;
    }

    /**
     * Returns that so many replicas must have a write.
     *
     * @param count from 1 to 99; no more than a primary has when all is well
     */
    public static Ack replicas(int count) {
        if (count < 1 || count > MOST) {
            throw refusal("replicas(" + count + ")");
        }
        return new Ack(count);
    }

    /**
     * Returns what a word of the settings means.
     *
     * @throws IllegalArgumentException that says what to write instead
     */
    public static Ack valueOf(String text) {
        if (text.equals("primary")) {
            return PRIMARY;
        }
        Matcher matcher = REPLICAS.matcher(text);
        if (!matcher.matches()) {
            throw refusal(text);
        }
        return replicas(Integer.parseInt(matcher.group(1)));
    }

    private static IllegalArgumentException refusal(String text) {
        return new IllegalArgumentException(
                "\"ack\" must be \"primary\", or \"replicas(n)\" with n from 1 to " + MOST + ": \"" + text
                        + "\"; write \"replicas(1)\" for writes that one replica must have before they are acknowledged");
    }

    /** Returns how many replicas must have a write; zero if none need. */
    public int replicas() {
        return replicas;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Ack ack && ack.replicas == replicas;
    }

    @Override
    public int hashCode() {
        return replicas;
    }

    /** Returns it as it stands in settings. */
    @Override
    public String toString() {
        return replicas == 0 ? "primary" : "replicas(" + replicas + ")";
    }
}
