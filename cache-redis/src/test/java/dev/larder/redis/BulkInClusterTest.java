package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.store.Change;
import dev.larder.store.Store;
import dev.larder.store.Ttl;
import dev.larder.testkit.server.RedisCluster;
import dev.larder.testkit.server.RedisServer;
import dev.larder.testkit.server.Resp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is asked of many keys at once goes to each node of a cluster in one piece: the nodes count how often they read from their connections, on
 * which some more comes than a user's calls.
 */
class BulkInClusterTest {

    private static final int KEYS = 200;
    private static final int MOST_ROUNDS = Boolean.getBoolean("larder.stress") ? 10 : 100;

    /** The request that asks for the number of reads is read, too. */
    private static final int QUESTION = 1;

    private static final Pattern READS = Pattern.compile("total_reads_processed:(\\d+)");

    private final RedisCluster cluster = TlsCluster.cluster();
    private final Set<Integer> keys = IntStream.range(0, KEYS).boxed().collect(Collectors.toSet());
    private final List<Resp> nodes =
            cluster.primaries().stream().map(RedisServer::connect).toList();
    private RedisStores stores;
    private Store<Integer, String> store;

    @BeforeEach
    void open() {
        stores = RedisStores.connect(TlsCluster.settings());
        store = stores.stores().open(PatientContext.of("bulk", Integer.class, String.class));
    }

    @AfterEach
    void close() {
        store.destroy();
        stores.close();
        nodes.forEach(Resp::close);
    }

    /** The tooth. */
    @Test
    void oneAfterTheOtherIsReadOneAfterTheOther() {
        Map<Resp, Long> reads = readsDuring(() -> keys.forEach(store::read));

        assertThat(reads.values().stream().mapToLong(Long::longValue).sum()).isGreaterThanOrEqualTo(KEYS);
    }

    /** What is asked of 200 keys, by the server's own commands and by scripts. */
    private enum Asked {
        GET {
            @Override
            void ask(Store<Integer, String> store, Set<Integer> keys) {
                assertThat(store.readAll(keys, Ttl.UNCHANGED)).hasSize(KEYS);
            }
        },
        GET_AND_TOUCH {
            @Override
            void ask(Store<Integer, String> store, Set<Integer> keys) {
                assertThat(store.readAll(keys, Ttl.ofMillis(3_600_000))).hasSize(KEYS);
            }
        },
        PUT {
            @Override
            void ask(Store<Integer, String> store, Set<Integer> keys) {
                store.writeAll(changes(keys, Change.put("value", Ttl.ETERNAL)));
            }
        },
        PUT_WITH_ANOTHER_TTL_FOR_NEW_ONES {
            @Override
            void ask(Store<Integer, String> store, Set<Integer> keys) {
                store.writeAll(changes(keys, Change.put("value", Ttl.ETERNAL, Ttl.UNCHANGED)));
            }
        },
        REMOVE {
            @Override
            void ask(Store<Integer, String> store, Set<Integer> keys) {
                store.writeAll(changes(keys, Change.remove()));
            }
        };

        abstract void ask(Store<Integer, String> store, Set<Integer> keys);

        private static Map<Integer, Change<String>> changes(Set<Integer> keys, Change<String> change) {
            return keys.stream().collect(Collectors.toMap(Function.identity(), key -> change));
        }
    }

    /** In the quietest of its rounds: a node may read what has nothing to do with it, and reads at least once what it is sent. */
    @ParameterizedTest
    @EnumSource
    void eachNodeIsSentOneRequest(Asked asked) {
        Map<Resp, Long> least = new HashMap<>();
        for (int round = 0; round < MOST_ROUNDS && !isOneForEach(least); round++) {
            Asked.PUT.ask(store, keys);
            readsDuring(() -> asked.ask(store, keys)).forEach((node, reads) -> least.merge(node, reads, Math::min));
        }
        assertThat(least.values()).hasSize(3).containsOnly(1L);
    }

    private static boolean isOneForEach(Map<Resp, Long> least) {
        return least.size() == 3 && Set.copyOf(least.values()).equals(Set.of(1L));
    }

    /** Returns how often each node reads something meanwhile. */
    private Map<Resp, Long> readsDuring(Runnable calls) {
        Map<Resp, Long> before =
                nodes.stream().collect(Collectors.toMap(Function.identity(), BulkInClusterTest::reads));
        calls.run();
        return nodes.stream()
                .collect(Collectors.toMap(Function.identity(), node -> reads(node) - before.get(node) - QUESTION));
    }

    private static long reads(Resp node) {
        Matcher found = READS.matcher("" + node.call("INFO", "stats"));
        assertThat(found.find()).isTrue();
        return Long.parseLong(found.group(1));
    }
}
