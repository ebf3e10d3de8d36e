package dev.larder.conformance.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.server.RedisServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two Tomcats and two Jettys over one Redis, one of which is killed while it has requests: users notice nothing. */
@Tag("outage")
class SessionFailoverTest {

    private static final boolean STRESS = Boolean.getBoolean("larder.stress");
    private static final int USERS = STRESS ? 40 : 4;
    private static final int REQUESTS = STRESS ? 500 : 40;

    /** Who comes so far waits for the kill, in case that a busy machine has held it up. */
    private static final int LAST_BEFORE_THE_KILL = 100 + REQUESTS * 2 / 3;

    private final RedisServer redis = RedisServer.start();
    private final List<ClientJvm> nodes = new ArrayList<>();

    @BeforeEach
    void start() {
        for (int i = 0; i < 2; i++) {
            nodes.add(ClientJvm.start(SessionNode.class, "TOMCAT", redis.uri()));
            // so that Jetty has the Servlet 6.0 of its own and not the 6.1 of Tomcat
            nodes.add(ClientJvm.startWithout("tomcat-embed-core", SessionNode.class, "JETTY", redis.uri()));
        }
        nodes.forEach(ClientJvm::awaitReady);
        nodes.forEach(ClientJvm::go);
    }

    @AfterEach
    void end() {
        nodes.forEach(ClientJvm::close);
        redis.close();
    }

    private List<Integer> ports() {
        return nodes.stream()
                .map(node -> node.said(SessionNode.LISTENS).findFirst().orElseThrow())
                .map(Integer::valueOf)
                .toList();
    }

    @Test
    @Timeout(1_200)
    void usersDoNotNoticeThatANodeIsKilled() throws Exception {
        List<Integer> ports = ports();
        AtomicInteger done = new AtomicInteger();
        AtomicInteger switched = new AtomicInteger();
        Thread killer = new Thread(() -> killWhen(done));
        killer.start();

        Member.inThreads(USERS, user -> {
            Visitor visitor = new Visitor(ports, user);
            Customer customer = new Customer(visitor, "user" + user);
            customer.logIn();
            for (int item = 100; item < 100 + REQUESTS; item++) {
                customer.add(item);
                done.incrementAndGet();
                if (item == LAST_BEFORE_THE_KILL) {
                    killer.join();
                }
            }
            customer.logOut();
            switched.addAndGet(visitor.switched());
        });

        killer.join();
        assertThat(switched).as("requests that the killed node did not answer").hasPositiveValue();
    }

    /** Kills a node after a third of the requests, when some of them are at it. */
    private void killWhen(AtomicInteger done) {
        while (done.get() < USERS * REQUESTS / 3) {
            LockSupport.parkNanos(1_000_000);
        }
        nodes.get(0).kill();
    }
}
