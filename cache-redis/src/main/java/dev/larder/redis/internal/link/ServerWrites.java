package dev.larder.redis.internal.link;

import java.util.List;

/** Writes to one server, whichever that is. */
final class ServerWrites implements WriteRoutes {

    private final ReplicatedWrites writes;

    ServerWrites(ReplicatedWrites writes) {
        this.writes = writes;
    }

    @Override
    public void send(List<HeldWrite<?>> held) {
        writes.send(held);
    }

    /** No server outside a cluster names another. */
    @Override
    public void follow(HeldWrite<?> write, Redirection redirection) {
        write.refuse("The server is a node of a cluster.");
    }
}
