package dev.larder.redis.config;

/** How the servers of a store belong together, where the other settings do not say it. */
public enum Topology {
    /** One server, or the endpoint of a primary, which may become another server's. */
    STANDALONE,

    /** A cluster whose servers share the slots; its nodes, or the configuration endpoint, tell of the others. */
    CLUSTER
}
