package dev.larder.conformance.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.patterns.session.SessionStore;
import dev.larder.patterns.session.WhenStoreFails;
import dev.larder.testkit.server.RedisServer;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The Redis server of a web application is killed, and started again a while later, under load. Users of two nodes get meanwhile what was configured; afterwards nothing is lost of what
 * they were told is saved, and nobody is back who had logged out.
 */
@Timeout(900)
@Tag("outage")
class SessionOutageTest {

    private static final boolean STRESS = Boolean.getBoolean("larder.stress");
    private static final Duration OUTAGE = STRESS ? Duration.ofSeconds(10) : Duration.ofMillis(1_500);
    private static final int SHOPPERS = STRESS ? 16 : 6;
    private static final int PAUSE_MILLIS = 5;
    private static final Duration LONG = Duration.ofSeconds(60);

    private final RedisServer redis = RedisServer.builder().appendOnly().start();
    private final List<Member> members = new ArrayList<>();
    private final List<WebContainer.Running> nodes = new ArrayList<>();
    private final List<Shopper> shoppers = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile boolean isAway;
    private volatile boolean isOver;

    @AfterEach
    void stop() throws Exception {
        threads.shutdownNow();
        for (WebContainer.Running node : nodes) {
            node.close();
        }
        members.forEach(Member::close);
        redis.close();
    }

    /** By the numbers that the server gives to connections: they are smaller afterwards. Then Larder doubts what it wrote last. */
    private void letTheRestartBeNoticed() {
        for (int i = 0; i < 200; i++) {
            redis.call("PING");
        }
    }

    private void open(WhenStoreFails choice) throws Exception {
        for (int i = 0; i < 2; i++) {
            Member member = new Member(redis.uri());
            members.add(member);
            SessionStore store = SessionStore.over(SessionRequests.impatientCache(member))
                    .whenStoreFails(choice)
                    .build();
            nodes.add(WebContainer.TOMCAT.start(context -> CartPages.add(context, store)));
        }
    }

    private int node(int number) {
        return nodes.get(number % nodes.size()).port();
    }

    /** Returns somebody who is logged in, and whom both nodes have seen. */
    private Shopper shopper(String name, int number) throws Exception {
        Shopper shopper = new Shopper(name, node(number));
        await().atMost(LONG).until(shopper::logIn);
        await().atMost(LONG).until(() -> shopper.add(0));
        // a server that is late for once is taken for one that is away
        await().atMost(LONG).until(() -> shopper.isKnownAt(node(number + 1)));
        return shopper;
    }

    @ParameterizedTest
    @EnumSource
    void outageGoesByAsConfigured(WhenStoreFails choice) throws Exception {
        letTheRestartBeNoticed();
        open(choice);
        for (int i = 0; i < SHOPPERS; i++) {
            shoppers.add(shopper("shopper" + i, i));
        }
        Shopper gone = shopper("gone", 0);
        await().atMost(LONG).until(() -> gone.logOut(node(0)));
        Shopper late = shopper("late", 0);
        Shopper leaving = shopper("leaving", 1);

        Future<?> lateRequest = threads.submit(() -> addThatEndsWithinTheOutage(late));
        Future<?> outage = threads.submit(() -> outage(choice, late, leaving));
        Member.inThreads(SHOPPERS, number -> load(choice, shoppers.get(number)));
        outage.get();
        lateRequest.get();

        awaitNodes(choice, leaving);
        List<Shopper> ended = List.of(gone, late, leaving);
        assertNobodyIsBackInRedis(ended);
        // again and again, for a node whose server was late for once answers by what it has itself
        await().atMost(LONG).untilAsserted(() -> assertNodesKnow(ended));
        log(choice);
    }

    private void assertNobodyIsBackInRedis(List<Shopper> ended) {
        try (Member patient = new Member(redis.uri())) {
            SessionStore store =
                    SessionStore.over(SessionRequests.cache(patient)).build();
            assertThat(ended.stream().filter(shopper -> store.find(shopper.sessionId()) != null))
                    .as("who logged out and is back")
                    .isEmpty();
            assertThat(shoppers).allMatch(shopper -> store.find(shopper.sessionId()) != null, "is logged in");
        }
    }

    private void assertNodesKnow(List<Shopper> ended) throws Exception {
        for (int number = 0; number < nodes.size(); number++) {
            for (Shopper shopper : shoppers) {
                assertThat(shopper.lostAt(node(number))).as("what was saved").isEmpty();
            }
            for (Shopper shopper : ended) {
                assertThat(shopper.isKnownAt(node(number)))
                        .as("who logged out is back")
                        .isFalse();
            }
        }
    }

    /** Adds by one node to a session that the other one ends before the outage, and stores that within the outage. */
    private Void addThatEndsWithinTheOutage(Shopper late) throws Exception {
        late.askAnyway(node(0), "/add?item=1&slowly=" + (300 + OUTAGE.toMillis() / 2));
        return null;
    }

    private Void outage(WhenStoreFails choice, Shopper late, Shopper leaving) throws Exception {
        try {
            TimeUnit.MILLISECONDS.sleep(300);
            await().atMost(LONG).until(() -> late.logOut(node(1)));
            redis.kill();
            isAway = true;
            TimeUnit.NANOSECONDS.sleep(OUTAGE.toNanos() / 4);
            boolean canChange = choice == WhenStoreFails.LOCAL;
            assertThat(new Shopper("new", node(0)).logIn()).isEqualTo(canChange);
            leaving.askAnyway(node(0), "/add?item=2"); // which node 1 does not hear of
            assertThat(leaving.logOut(node(1))).isEqualTo(canChange);
            TimeUnit.NANOSECONDS.sleep(OUTAGE.toNanos() * 3 / 4);
            isAway = false;
            redis.restart();
            TimeUnit.SECONDS.sleep(1);
        } finally {
            isOver = true;
        }
        return null;
    }

    private void load(WhenStoreFails choice, Shopper shopper) throws Exception {
        for (int item = 1; !isOver; item++) {
            shopper.add(item);
            boolean wasAway = isAway;
            boolean isShown = shopper.look();
            if (choice != WhenStoreFails.FAIL) {
                assertThat(isShown).as("a page that only reads").isTrue();
            } else if (wasAway && isAway) {
                assertThat(isShown).as("a page that reads while Redis is away").isFalse();
            }
            shopper.askAnyway(shopper.home(), "/static");
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    /** Waits until both nodes go on as before, and lets who could not log out do so. */
    private void awaitNodes(WhenStoreFails choice, Shopper leaving) {
        await().atMost(LONG).untilAsserted(() -> {
            for (Shopper shopper : shoppers) {
                assertThat(shopper.add(0)).isTrue();
                assertThat(shopper.lostAt(node(0))).isEmpty();
                assertThat(shopper.lostAt(node(1))).isEmpty();
            }
            assertThat(choice == WhenStoreFails.LOCAL || leaving.logOut(node(0)))
                    .isTrue();
        });
    }

    private void log(WhenStoreFails choice) {
        int refused = shoppers.stream().mapToInt(Shopper::refused).sum();
        assertThat(refused > 0).as("requests refused: " + refused).isEqualTo(choice != WhenStoreFails.LOCAL);
        System.getLogger(getClass().getName())
                .log(
                        Level.INFO,
                        choice + ", Redis away for " + OUTAGE + ": "
                                + shoppers.stream().mapToInt(Shopper::asked).sum() + " requests, " + refused
                                + " answered 503, "
                                + shoppers.stream()
                                        .mapToInt(Shopper::acknowledged)
                                        .sum()
                                + " changes acknowledged, none lost");
    }
}
