package dev.larder.redis.failover;

import dev.larder.redis.FailoverTimeout;
import dev.larder.redis.RedisSettings;
import dev.larder.redis.TlsCluster;
import dev.larder.redis.config.SentinelSettings;
import dev.larder.testkit.server.RedisCluster;
import dev.larder.testkit.server.RedisSentinels;
import dev.larder.testkit.server.RedisServer;
import dev.larder.testkit.server.SecuredCluster;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** Servers that promote a replica when their primary is lost: what a test loses is the primary there is when the outage begins. */
abstract class Outage implements AutoCloseable {

    /** Who finds out that the primary is lost, and says who is the next. */
    enum Topology {
        CLUSTER,
        SENTINEL;

        Outage start() {
            return this == CLUSTER ? new OfCluster() : new OfSentinels();
        }
    }

    private static final Pattern OFFSET = Pattern.compile("(?:slave_repl|master_repl)_offset:(\\d+)");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** For how long a primary is silent before another one takes its place, once it is expected to be lost. */
    static final Duration SILENCE = Duration.ofSeconds(2);

    /** What connects to the servers. */
    abstract RedisSettings settings();

    /** The primary that is lost. */
    abstract RedisServer lost();

    /** Has a replica promoted soon from now on. Before that, a machine that stops servers for seconds loses none. */
    abstract void expectLoss();

    abstract List<RedisServer> replicas();

    /** Waits until the servers themselves have promoted a replica of the one that is lost. */
    abstract RedisServer awaitPromotion();

    /** Whether the one that was lost, if it is there, knows that it is a primary no more. */
    boolean isSettled() {
        return !lost().isRunning() || ("" + lost().call("INFO", "replication")).contains("role:slave");
    }

    /** What replicas say to their primary when they ask to follow it. */
    abstract String passwordOfReplicas();

    /** Waits until the replicas have what the primary has. */
    void awaitReplication() {
        long offset = offset(lost());
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> replicas().stream().allMatch(replica -> offset(replica) >= offset));
    }

    private static long offset(RedisServer server) {
        Matcher found = OFFSET.matcher("" + server.call("INFO", "replication"));
        return found.find() ? Long.parseLong(found.group(1)) : -1;
    }

    /** Lets the replicas stay as they are from now on: what the primary still says is done is lost with it. */
    void stopReplication() {
        replicas().forEach(replica -> replica.call("CONFIG", "SET", "masterauth", "none"));
        lost().call("CLIENT", "KILL", "TYPE", "replica");
    }

    private void allowReplication() {
        replicas().forEach(replica -> replica.call("CONFIG", "SET", "masterauth", passwordOfReplicas()));
    }

    private static final class OfCluster extends Outage {

        private final RedisCluster cluster = TlsCluster.cluster();
        private final RedisServer lost;
        private final List<RedisServer> replicas;

        OfCluster() {
            cluster.awaitWhole();
            lost = cluster.primaryOf(0);
            replicas = List.of(cluster.replicaOf(lost));
        }

        @Override
        void expectLoss() {
            cluster.promoteAfter(SILENCE);
        }

        @Override
        RedisSettings settings() {
            return TlsCluster.settings();
        }

        @Override
        RedisServer lost() {
            return lost;
        }

        @Override
        List<RedisServer> replicas() {
            return replicas;
        }

        /** Asks the replica alone: one that hangs would keep who asks it waiting. */
        @Override
        RedisServer awaitPromotion() {
            RedisServer replica = replicas.get(0);
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> ("" + replica.call("INFO", "replication")).contains("role:master"));
            return replica;
        }

        @Override
        String passwordOfReplicas() {
            return "admin-5ecret";
        }

        @Override
        public void close() {
            lost.restart();
            super.allowReplication();
            cluster.awaitWhole();
            cluster.promoteAfter(SecuredCluster.SILENCE);
        }
    }

    private static final class OfSentinels extends Outage {

        private final RedisSentinels sentinels = RedisSentinels.start();
        private final RedisServer lost = sentinels.primary();

        OfSentinels() {
            sentinels.promoteAfter(SecuredCluster.SILENCE);
            FailoverTimeout.shorten(sentinels);
        }

        @Override
        void expectLoss() {
            sentinels.promoteAfter(SILENCE);
        }

        @Override
        RedisSettings settings() {
            return RedisSettings.ofSentinels(new SentinelSettings(
                    RedisSentinels.NAME,
                    sentinels.sentinelUris().stream().map(URI::create).toList(),
                    null));
        }

        @Override
        RedisServer lost() {
            return lost;
        }

        @Override
        List<RedisServer> replicas() {
            return sentinels.servers().stream().filter(server -> server != lost).toList();
        }

        @Override
        RedisServer awaitPromotion() {
            return sentinels.awaitNewPrimary(lost);
        }

        @Override
        String passwordOfReplicas() {
            return "";
        }

        @Override
        public void close() {
            sentinels.close();
        }
    }

    @Override
    public abstract void close();
}
