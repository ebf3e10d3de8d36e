package dev.larder.conformance.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.patterns.session.SessionStore;
import dev.larder.testkit.server.RedisServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an HTTP request asks of Redis, as the server hears it. */
@Timeout(600)
class SessionRequestsTest {

    private static RedisServer redis;
    private static Member member;
    private static WebContainer.Running server;
    private static RequestMonitor monitor;

    private final Visitor visitor = new Visitor(List.of(server.port()), 1);

    @BeforeAll
    static void start() throws Exception {
        redis = RedisServer.start();
        member = new Member(redis.uri());
        SessionStore store =
                SessionStore.over(member.cache("sessions", byte[].class)).build();
        server = WebContainer.TOMCAT.start(context -> CartPages.add(context, store));
        monitor = new RequestMonitor(redis);
    }

    @AfterAll
    static void end() throws Exception {
        monitor.close();
        server.close();
        member.close();
        redis.close();
    }

    private List<String> requestsOf(String page) {
        return monitor.during(() -> get(page));
    }

    private String get(String page) {
        try {
            return visitor.get(page);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void pageThatDoesNotUseTheSessionCostsNothing() {
        get("/login?user=ann");

        for (int i = 0; i < 20; i++) {
            assertThat(requestsOf("/static")).isEmpty();
        }
    }

    @Test
    void sessionThatIsReadCostsOneRequest() {
        get("/login?user=ann");
        get("/cart");

        for (int i = 0; i < 20; i++) {
            assertThat(requestsOf("/cart")).hasSize(1);
        }
    }

    @Test
    void sessionThatIsChangedCostsThreeRequests() {
        get("/login?user=ann");
        get("/add?item=1");

        for (int i = 2; i < 20; i++) {
            assertThat(requestsOf("/add?item=" + i)).hasSizeBetween(1, 3);
        }
        assertThat(get("/cart")).startsWith("ann: item-1 item-10 item-11");
    }

    @Test
    void visitorWithoutASessionCostsNothing() {
        assertThat(requestsOf("/cart")).isEmpty();
    }
}
