package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.store.Change;
import dev.larder.store.Store;
import dev.larder.store.Ttl;
import dev.larder.testkit.server.RedisCluster;
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

/**
 * What is asked of many keys at once goes to each node of a cluster in one piece: the nodes count how often they read from their connections, on
 * which some more comes than a user's calls.
 */
class BulkInClusterTest {

    private static final int KEYS = 200;
    private static final Pattern READS = Pattern.compile("total_reads_processed:(\\d+)");

    private final RedisCluster cluster = TlsCluster.cluster();
    private final Set<Integer> keys = IntStream.range(0, KEYS).boxed().collect(Collectors.toSet());
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
    }

    @Test
    void allThatANodeIsAskedForIsSentTogether() {
        Map<Integer, Change<String>> puts =
                keys.stream().collect(Collectors.toMap(Function.identity(), key -> Change.put("value", Ttl.ETERNAL)));

        assertThat(fewestReadsDuring(() -> store.writeAll(puts))).isLessThan(KEYS / 4);
        assertThat(fewestReadsDuring(
                        () -> assertThat(store.readAll(keys, Ttl.UNCHANGED)).hasSize(KEYS)))
                .isLessThan(KEYS / 4);
    }

    /** Whatever asks from time to time asks more often while a busy machine lets the calls wait. */
    private long fewestReadsDuring(Runnable calls) {
        return IntStream.range(0, 5)
                .mapToLong(attempt -> readsDuring(calls))
                .min()
                .orElseThrow();
    }

    /** The tooth. */
    @Test
    void oneAfterTheOtherIsReadOneAfterTheOther() {
        assertThat(readsDuring(() -> keys.forEach(store::read))).isGreaterThanOrEqualTo(KEYS);
    }

    private long readsDuring(Runnable calls) {
        long before = reads();
        calls.run();
        return reads() - before;
    }

    private long reads() {
        return cluster.primaries().stream()
                .map(node -> READS.matcher("" + node.call("INFO", "stats")))
                .filter(Matcher::find)
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
    }
}
