package dev.larder.redis.internal.link;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.resource.ClientResources;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Lettuce's client of a cluster, which does not ask those nodes who serves what that are known not to answer. Lettuce waits for each node that it
 * asks for as long as it takes to connect, and so would learn seconds late who took over from one that hangs.
 */
final class ClusterClient extends RedisClusterClient {

    private final Set<String> silent = ConcurrentHashMap.newKeySet();

    /** The question who serves what that was asked last for somebody who waits for the answer; guarded by this. */
    private CompletableFuture<Void> following = CompletableFuture.completedFuture(null);

    /** How often the nodes were asked who serves what, and the number of the last time that the answer is in effect of. */
    private final AtomicLong asked = new AtomicLong();

    private final AtomicLong learned = new AtomicLong();

    ClusterClient(ClientResources resources, Iterable<RedisURI> nodes) {
        super(resources, nodes);
    }

    /** Notes that a node owes an answer. */
    void noteSilence(RedisURI node) {
        silent.add(Names.of(node));
    }

    /** Notes that it answers, or that nobody asks it any more. */
    void noteAnswer(RedisURI node) {
        silent.remove(Names.of(node));
    }

    /**
     * Asks who serves what, unless that is under way: many may find out together that they do not know. Returns what completes with the answer,
     * and normally also if there was none.
     */
    CompletableFuture<Void> follow() {
        CompletableFuture<Void> next = new CompletableFuture<>();
        synchronized (this) {
            if (!following.isDone()) {
                return following;
            }
            following = next;
        }
        var unused = refreshPartitionsAsync().whenComplete((done, failure) -> next.complete(null));
        return next;
    }

    /**
     * Returns what tells whether the node serves nothing, by what the cluster says after now. It may come to serve again after that;
     * what it had yet to read before is lost then.
     */
    BooleanSupplier isReplaced(RedisURI node) {
        long next = asked.get() + 1;
        return () -> learned.get() >= next && !serves(node);
    }

    /** Whether a node is a primary with slots, by what is known. */
    boolean serves(RedisURI uri) {
        RedisClusterNode node = getPartitions().getPartition(uri.getHost(), uri.getPort());
        return node != null && isPrimary(node);
    }

    /** Whether there is such a node, by what is known. */
    boolean knows(RedisURI uri) {
        return getPartitions().getPartition(uri.getHost(), uri.getPort()) != null;
    }

    /** Whether a node is a primary with slots. */
    static boolean isPrimary(RedisClusterNode node) {
        return node.getRole().isUpstream() && !node.hasNoSlots();
    }

    @Override
    public CompletionStage<Void> refreshPartitionsAsync() {
        long number = asked.incrementAndGet();
        return super.refreshPartitionsAsync().thenRun(() -> learned.accumulateAndGet(number, Math::max));
    }

    /** Whether nodes that are known from others are asked, too. */
    @Override
    protected boolean useDynamicRefreshSources() {
        return silent.isEmpty() && super.useDynamicRefreshSources();
    }

    @Override
    protected Iterable<RedisURI> getTopologyRefreshSource() {
        if (silent.isEmpty()) {
            return super.getTopologyRefreshSource();
        }
        List<RedisURI> answering = getPartitions().stream()
                .map(RedisClusterNode::getUri)
                .filter(uri -> !silent.contains(Names.of(uri)))
                .toList();
        return answering.isEmpty() ? super.getTopologyRefreshSource() : answering;
    }
}
