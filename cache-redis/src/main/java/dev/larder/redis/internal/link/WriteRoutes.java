package dev.larder.redis.internal.link;

import java.util.List;

/** Leads writes to the connections by which they are made and confirmed. */
interface WriteRoutes {

    /** Sends writes, each to the server that has its key. Nothing is thrown: each completes, in some way. */
    void send(List<HeldWrite<?>> writes);

    /** Sends a write to the server that another one has named, as the one that has its key. */
    void follow(HeldWrite<?> write, Redirection redirection);
}
