package dev.larder.redis.config;

/** Which servers answer plain reads. */
public enum ReadFrom {
    /** The primaries. */
    PRIMARY,

    /** Replicas, which may not have what was written a moment ago; the primaries if there is no replica. */
    REPLICA
}
