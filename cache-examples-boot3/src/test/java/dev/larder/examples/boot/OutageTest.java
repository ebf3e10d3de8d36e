package dev.larder.examples.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.server.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user sees while the Redis of the sessions hangs. */
class OutageTest {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final String LOGGED_IN = "200 alice: []";

    @TempDir
    private static Path folder;

    private static RedisServer redis;
    private static Instance failing;
    private static Instance degrading;

    private final Browser alice = new Browser();

    @BeforeAll
    static void open() throws IOException {
        redis = RedisServer.start();
        System.setProperty("shop.redis", redis.uri());
        failing = Instance.start();
        Path configuration = Files.writeString(folder.resolve("larder.json"), """
                {
                  "stores": { "shared": { "redis": { "uri": "%s" } } },
                  "templates": { "spring-sessions*": { "store": "shared", "onStoreFailure": "degrade" } }
                }
                """.formatted(redis.uri()));
        degrading = Instance.start("--shop.caches=" + configuration.toUri());
    }

    @AfterAll
    static void close() {
        degrading.close();
        failing.close();
        redis.close();
    }

    /** The outage of another test may not be over for an instance. */
    @BeforeEach
    void awaitBoth() throws Exception {
        for (Instance instance : List.of(failing, degrading)) {
            assertThat(answerOf(instance, new Browser())).startsWith("200 ");
        }
    }

    @Test
    void failureIsAnswered503AndNobodyIsLoggedOut() throws Exception {
        logIn(failing);
        redis.pause();
        try {
            assertThat(alice.open(failing.page("/"))).startsWith("503 ");
        } finally {
            redis.resume();
        }

        assertThatSheIsStillLoggedInAt(failing);
    }

    /** There seems to be no session, and one for a stranger, who is to be led to the login, cannot be stored. */
    @Test
    void whereCachesDegradeUsersAreStrangersMeanwhile() throws Exception {
        logIn(degrading);
        redis.pause();
        try {
            assertThat(alice.open(degrading.page("/"))).startsWith("503 ");
        } finally {
            redis.resume();
        }
    }

    /** With as many tries as a server needs that is late for once. */
    private void logIn(Instance instance) throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        String page = alice.logIn(instance, "alice", "wonderland");
        while (!page.equals(LOGGED_IN) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            page = alice.logIn(instance, "alice", "wonderland");
        }
        assertThat(page).isEqualTo(LOGGED_IN);
    }

    private void assertThatSheIsStillLoggedInAt(Instance instance) throws Exception {
        assertThat(answerOf(instance, alice)).isEqualTo(LOGGED_IN);
    }

    /** Returns the first page that is an answer, once it is believed again that the server answers. */
    private static String answerOf(Instance instance, Browser browser) throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        String page = browser.open(instance.page("/"));
        while (page.startsWith("503 ") && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            page = browser.open(instance.page("/"));
        }
        return page;
    }
}
