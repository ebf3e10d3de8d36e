package dev.larder.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SecuredServerTest {

    private static RedisServer server;

    @BeforeAll
    static void startServer() {
        server = SecuredServer.builder().start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void userForCachesMayReadAndWrite() {
        assertThat(server.call("ACL", "DRYRUN", SecuredCluster.USER, "SET", "larder:key", "value"))
                .isEqualTo("OK");
    }

    @Test
    void userForCachesMayNotAskForNodesOfACluster() {
        assertThat("" + server.call("ACL", "DRYRUN", SecuredCluster.USER, "CLUSTER", "NODES"))
                .contains("has no permissions");
    }
}
