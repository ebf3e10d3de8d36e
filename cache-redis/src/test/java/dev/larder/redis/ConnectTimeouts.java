package dev.larder.redis;

import java.time.Duration;

/** Settings with another time to connect. */
public final class ConnectTimeouts {

    private ConnectTimeouts() {}

    /** Returns the same settings, but for how long it may take to connect. */
    public static RedisSettings of(RedisSettings settings, Duration timeout) {
        Draft draft = Draft.of(settings);
        draft.connectTimeout = timeout;
        return draft.settings();
    }
}
