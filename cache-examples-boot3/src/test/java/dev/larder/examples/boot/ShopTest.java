package dev.larder.examples.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.server.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shop as two instances over one Redis, and users with browsers. */
class ShopTest {

    private static RedisServer redis;
    private static Instance one;
    private static Instance two;

    @TempDir
    private static Path folder;

    /** As the shop is configured, but with more patience: a busy machine may stop the server for seconds. */
    @BeforeAll
    static void open() throws IOException {
        redis = RedisServer.start();
        System.setProperty("shop.redis", redis.uri());
        Path configuration = Files.writeString(folder.resolve("larder.json"), """
                {
                  "stores": { "shared": { "redis": { "uri": "%s" } } },
                  "templates": {
                    "spring-sessions*": { "store": "shared", "onStoreFailure": "fail", "storeDeadline": "30s" }
                  }
                }
                """.formatted(redis.uri()));
        one = Instance.start("--shop.caches=" + configuration.toUri());
        two = Instance.start("--shop.caches=" + configuration.toUri());
    }

    @AfterAll
    static void close() {
        two.close();
        one.close();
        redis.close();
    }

    @Test
    void whoLogsInAtOneInstanceCarriesOnAtAnother() throws Exception {
        Browser alice = new Browser();

        alice.logIn(one, "alice", "wonderland");
        alice.submit(one, "/logout", two, "/cart", Map.of("item", "tea"));
        alice.submit(two, "/logout", one, "/cart", Map.of("item", "cake"));

        assertThat(alice.open(two.page("/"))).isEqualTo("200 alice: [tea, cake]");
    }

    @Test
    void theIdIsAnotherAfterTheLogin() throws Exception {
        Browser alice = new Browser();
        alice.open(one.page("/login"));
        String before = alice.sessionId();

        alice.logIn(one, "alice", "wonderland");

        assertThat(before).isNotEmpty();
        assertThat(alice.sessionId()).isNotEmpty().isNotEqualTo(before);
    }

    @Test
    void aSecondLoginEndsTheFirstOnWhateverInstance() throws Exception {
        Browser atHome = new Browser();
        Browser atWork = new Browser();
        atHome.logIn(one, "bob", "builder");

        atWork.logIn(two, "bob", "builder");

        assertThat(atWork.open(one.page("/"))).isEqualTo("200 bob: []");
        atHome.open(one.page("/"));
        assertThat(atHome.path()).isEqualTo("/login");
        assertThat(atWork.open(two.page("/"))).isEqualTo("200 bob: []");
    }

    @Test
    void whoLogsInAgainWithTheSameSessionStaysLoggedIn() throws Exception {
        Browser bob = new Browser();
        bob.logIn(one, "bob", "builder");

        bob.logIn(two, "bob", "builder");

        assertThat(bob.open(one.page("/"))).isEqualTo("200 bob: []");
    }

    @Test
    void aLogoutHoldsEverywhereAtOnce() throws Exception {
        Browser alice = new Browser();
        alice.logIn(one, "alice", "wonderland");
        Browser thief = new Browser();
        thief.useSession(one, alice.sessionId());

        alice.logOut(two);

        thief.open(one.page("/"));
        assertThat(thief.path()).isEqualTo("/login");
    }

    @Test
    void whatStandsInTheStoreLogsNobodyIn() throws Exception {
        Browser alice = new Browser();
        alice.logIn(one, "alice", "wonderland");

        assertThat(String.valueOf(redis.call("KEYS", "*"))).doesNotContain(alice.sessionId());
        for (String name : two.namesOfSessionsOf("alice")) {
            Browser thief = new Browser();
            thief.useSession(two, name);
            thief.open(two.page("/"));
            assertThat(thief.path()).as(name).isEqualTo("/login");
        }
    }
}
