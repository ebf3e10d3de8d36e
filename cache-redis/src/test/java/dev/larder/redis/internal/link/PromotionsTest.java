package dev.larder.redis.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.models.partitions.Partitions;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode.NodeFlag;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes that take the place of each other; "a" is the primary at first. */
class PromotionsTest {

    private static final List<Integer> SLOTS =
            IntStream.range(0, 16_384).boxed().toList();

    private final Successions successions = new Successions();
    private final AtomicInteger told = new AtomicInteger();
    private Partitions view = view(primary("a", SLOTS), replica("b", "a"));
    private Promotions promotions = new Promotions(() -> view, successions);

    @BeforeEach
    void follow() {
        successions.follow(keys -> told.addAndGet(keys.test(new byte[] {'k'}) ? 1 : 0));
    }

    private static RedisClusterNode primary(String id, List<Integer> slots, NodeFlag... flags) {
        Set<NodeFlag> all = EnumSet.of(NodeFlag.UPSTREAM);
        all.addAll(List.of(flags));
        return node(id, null, slots, all);
    }

    private static RedisClusterNode replica(String id, String of) {
        return node(id, of, List.of(), EnumSet.of(NodeFlag.REPLICA));
    }

    private static RedisClusterNode node(String id, @Nullable String of, List<Integer> slots, Set<NodeFlag> flags) {
        return new RedisClusterNode(RedisURI.create(id, 6379), id, true, of, 0, 0, 0, slots, flags);
    }

    private static Partitions view(RedisClusterNode... nodes) {
        Partitions view = new Partitions();
        view.addAll(List.of(nodes));
        view.updateCache();
        return view;
    }

    private void see(RedisClusterNode... nodes) {
        view = view(nodes);
        promotions.followCluster();
    }

    /** Returns how often it was told since that the key has come to another server. */
    private int toldBySending(String id) {
        told.set(0);
        promotions.sending(view.getPartitionByNodeId(id));
        promotions.sending(view.getPartitionByNodeId(id));
        return told.get();
    }

    @Test
    void whoHasAlwaysBeenIsNoSuccessor() {
        assertThat(toldBySending("a")).isZero();
    }

    @Test
    void replicaThatIsPromotedSucceeds() {
        see(replica("a", "b"), primary("b", SLOTS));

        assertThat(toldBySending("b")).isOne();
    }

    @Test
    void whoComesBackAsPrimarySucceedsAgain() {
        see(primary("a", List.of(), NodeFlag.FAIL), primary("b", SLOTS));
        assertThat(toldBySending("b")).isOne();
        see(replica("a", "b"), primary("b", SLOTS));
        see(primary("a", SLOTS), primary("b", List.of(), NodeFlag.FAIL));

        assertThat(toldBySending("a")).isOne();
    }

    @Test
    void whoComesBackBeforeAnybodySawWhoWasPrimaryMeanwhileSucceedsAgain() {
        assertThat(toldBySending("b")).as("redirected there").isOne();
        assertThat(toldBySending("a")).isOne();
    }

    @Test
    void whoWasRedirectedIsNotToldEachTime() {
        toldBySending("b");
        toldBySending("a");

        assertThat(toldBySending("b") + toldBySending("a")).isZero();
    }

    @Test
    void slotsThatMoveAreNoSuccession() {
        see(primary("a", SLOTS.subList(0, 100)), replica("b", "a"), primary("c", List.of()));
        toldBySending("c");
        see(primary("a", SLOTS.subList(0, 100)), replica("b", "a"), primary("c", SLOTS.subList(100, 16_384)));

        assertThat(toldBySending("a") + toldBySending("c")).isZero();
    }
}
