package dev.larder.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What its user for caches may do, on one node that stands for all. */
class SecuredClusterTest {

    private static RedisServer node;

    @BeforeAll
    static void startNode() {
        node = SecuredCluster.withUser(SecuredCluster.ALLOWED).cluster().start();
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    /** Asks what would become of a command of the user for caches. */
    private static String dryRun(String command) {
        List<String> words = new ArrayList<>(List.of("ACL", "DRYRUN", SecuredCluster.USER));
        words.addAll(List.of(command.split(" ", -1)));
        return String.valueOf(node.call(words.toArray(String[]::new)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KEYS *",
                "CONFIG GET *",
                "FLUSHALL",
                "FLUSHDB",
                "INFO",
                "ACL LIST",
                "CLIENT KILL TYPE normal",
                "DEBUG SLEEP 0",
                "GET another:key"
            })
    void userForCachesMayNot(String command) {
        assertThat(dryRun(command)).contains("has no permissions");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET larder:key", "SET larder:key value", "EVALSHA 0 1 larder:key", "SCAN 0", "CLUSTER NODES"})
    void userForCachesMay(String command) {
        assertThat(dryRun(command)).isEqualTo("OK");
    }
}
