package dev.larder.redis.internal.link;

import dev.larder.time.Clock;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.protocol.RedisCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Writes to the primaries of a cluster, over one connection to each. A write that a node sends elsewhere is made, and confirmed, by the connection
 * to the node that it is sent to.
 */
final class ClusterWrites implements WriteRoutes {

    private static final long REFRESH_PAUSE_NANOS = Options.REFRESH_PAUSE.toNanos();

    private final ClusterLink link;
    private final RedisClusterClient client;
    private final Function<StatefulRedisConnection<byte[], byte[]>, ReplicatedWrites> opening;
    private final Map<StatefulRedisConnection<byte[], byte[]>, ReplicatedWrites> byConnection =
            new ConcurrentHashMap<>();
    private final AtomicLong refreshedNanos = new AtomicLong(Clock.system().nanos() - REFRESH_PAUSE_NANOS);

    ClusterWrites(
            ClusterLink link,
            RedisClusterClient client,
            Function<StatefulRedisConnection<byte[], byte[]>, ReplicatedWrites> opening) {
        this.link = link;
        this.client = client;
        this.opening = opening;
    }

    @Override
    public void send(List<HeldWrite<?>> writes) {
        Map<StatefulRedisConnection<byte[], byte[]>, List<HeldWrite<?>>> byNode = new HashMap<>();
        for (HeldWrite<?> write : writes) {
            StatefulRedisConnection<byte[], byte[]> node = link.openPrimaryOf(slotOf(write));
            if (node == null) {
                write.refuse("Currently not connected.");
            } else {
                byNode.computeIfAbsent(node, unused -> new ArrayList<>()).add(write);
            }
        }
        byNode.forEach((node, held) -> over(node).send(held));
    }

    private static int slotOf(RedisCommand<byte[], byte[], ?> write) {
        return SlotHash.getSlot(write.getArgs().getFirstEncodedKey());
    }

    private ReplicatedWrites over(StatefulRedisConnection<byte[], byte[]> node) {
        ReplicatedWrites known = byConnection.get(node);
        if (known != null) {
            return known;
        }
        byConnection.keySet().removeIf(other -> !other.isOpen()); // those of nodes that have left
        return byConnection.computeIfAbsent(node, opening);
    }

    /** An error such as {@code MOVED 3999 127.0.0.1:6381}, or {@code ASK} with the same. */
    @Override
    public void follow(HeldWrite<?> write, String error) {
        String target = error.substring(error.lastIndexOf(' ') + 1);
        int colon = target.lastIndexOf(':');
        if (error.startsWith("ASK ")) {
            write.ask();
        } else {
            refresh();
        }
        var unused = link.connection()
                .getConnectionAsync(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)))
                .whenComplete((node, failure) -> {
                    if (node == null) {
                        write.refuse("No connection to " + target + ", which has the key now.");
                    } else {
                        over(node).send(List.of(write));
                    }
                });
    }

    /** What is known of the cluster is out of date: it is asked for anew, as often as other hints at a change would have it. */
    private void refresh() {
        long now = Clock.system().nanos();
        long last = refreshedNanos.get();
        if (now - last >= REFRESH_PAUSE_NANOS && refreshedNanos.compareAndSet(last, now)) {
            var unused = client.refreshPartitionsAsync();
        }
    }
}
