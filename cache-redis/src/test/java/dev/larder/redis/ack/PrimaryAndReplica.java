package dev.larder.redis.ack;

import dev.larder.redis.RedisSettings;
import dev.larder.redis.config.Ack;
import dev.larder.testkit.fault.TcpProxy;
import dev.larder.testkit.server.RedisServer;
import java.net.URI;
import java.time.Duration;
import org.awaitility.Awaitility;

/** A server and its replica, with a network between them that a test can break. */
public final class PrimaryAndReplica implements AutoCloseable {

    private final RedisServer primary;
    private final TcpProxy between;
    private final RedisServer replica;

    private PrimaryAndReplica() {
        primary = RedisServer.builder().config("repl-diskless-sync-delay 0").start();
        between = TcpProxy.to(primary.host(), primary.port());
        replica = RedisServer.builder()
                .config("replicaof " + between.host() + " " + between.port())
                .start();
    }

    /** Starts both, and returns when one follows the other. */
    public static PrimaryAndReplica start() {
        PrimaryAndReplica both = new PrimaryAndReplica();
        both.awaitFollowing();
        return both;
    }

    private void awaitFollowing() {
        Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> replica.isReplicated() && primary.isReplicated());
    }

    /** Returns the primary. */
    public RedisServer primary() {
        return primary;
    }

    /** Returns the network between them, whose client is the replica. */
    TcpProxy between() {
        return between;
    }

    /** Returns the replica. */
    public RedisServer replica() {
        return replica;
    }

    /** Returns what connects to the primary, with writes that the replica has when they are acknowledged. */
    RedisSettings settings() {
        return RedisSettings.of(URI.create(primary.uri())).withAck(Ack.replicas(1));
    }

    /** Ends both. */
    @Override
    public void close() {
        replica.close();
        between.close();
        primary.close();
    }
}
