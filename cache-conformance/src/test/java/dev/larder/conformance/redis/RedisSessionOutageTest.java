package dev.larder.conformance.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.patterns.session.SaveResult;
import dev.larder.patterns.session.Session;
import dev.larder.patterns.session.SessionStore;
import dev.larder.patterns.session.SessionStoreException;
import dev.larder.patterns.session.WhenStoreFails;
import dev.larder.testkit.fault.TcpProxy;
import dev.larder.testkit.server.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The server does not answer one instance for a while, under load; another instance is not cut off. */
@Tag("outage")
@Timeout(900)
class RedisSessionOutageTest {

    private static final boolean STRESS = Boolean.getBoolean("larder.stress");
    private static final Duration OUTAGE = STRESS ? Duration.ofSeconds(10) : Duration.ofMillis(1_500);
    private static final Duration AFTER_IT = Duration.ofSeconds(STRESS ? 3 : 1);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int SESSIONS = 40;
    private static final int THREADS = 4;

    private RedisServer server;
    private TcpProxy proxy;
    private Member cutOff;
    private Member beside;

    private final SessionLedger ledger = new SessionLedger();
    private final AtomicLong failures = new AtomicLong();
    private volatile boolean isOver;

    @BeforeEach
    void start() {
        server = RedisServer.start();
        proxy = TcpProxy.to(server.host(), server.port());
        cutOff = new Member("redis://" + proxy.host() + ":" + proxy.port());
        beside = new Member(server.uri());
    }

    @AfterEach
    void stop() {
        proxy.pass();
        cutOff.close();
        beside.close();
        proxy.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void nothingSavedIsLostAndNothingEndedComesBack(WhenStoreFails choice) throws Exception {
        SessionStore here = SessionStore.over(SessionRequests.impatientCache(cutOff))
                .whenStoreFails(choice)
                .build();
        SessionStore there = SessionStore.over(SessionRequests.cache(beside)).build();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            ids.add(saved(here));
        }

        CompletableFuture<Void> outage = CompletableFuture.runAsync(() -> cut(here, there, ids, choice));
        Member.inThreads(THREADS, thread -> load(here, ids, "thread-" + thread));
        outage.join();

        await().atMost(LONG).ignoreExceptions().untilAsserted(() -> {
            here.find(ids.get(SESSIONS - 1));
            assertThat(ledger.lostIn(there)).as("what was saved").isEmpty();
        });
        assertThat(back(there)).as("what had ended").isEmpty();
        // again and again, for who was not answered in time for once knows no better than what it has itself
        await().atMost(LONG)
                .ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(ledger.backIn(here)).as("what had ended").isEmpty());
        if (choice == WhenStoreFails.LOCAL) {
            assertThat(failures).hasValue(0);
        } else {
            assertThat(failures).as("failures").hasPositiveValue();
        }
    }

    /** Saves a new one, with as many tries as a busy machine needs, and returns its id. */
    private static String saved(SessionStore store) {
        return await().atMost(LONG)
                .ignoreExceptions()
                .until(
                        () -> {
                            Session session = store.create();
                            store.save(session);
                            return store.find(session.id()) == null ? "" : session.id();
                        },
                        id -> !id.isEmpty());
    }

    /** Returns the first answer there is: one that does not come in time is none. */
    private List<String> back(SessionStore store) {
        AtomicReference<List<String>> back = new AtomicReference<>();
        await().atMost(LONG).ignoreExceptions().until(() -> {
            back.set(ledger.backIn(store));
            return true;
        });
        return back.get();
    }

    private void cut(SessionStore here, SessionStore there, List<String> ids, WhenStoreFails choice) {
        try {
            TimeUnit.MILLISECONDS.sleep(300);
            proxy.blackHole();
            there.invalidate(ids.get(0));
            ledger.ended(ids.get(0));
            if (choice == WhenStoreFails.LOCAL) {
                here.invalidate(ids.get(1));
                assertThat(here.find(ids.get(1))).isNull();
                ledger.ended(ids.get(1));
            } else {
                assertThatThrownBy(() -> here.invalidate(ids.get(1))).isInstanceOf(SessionStoreException.class);
                ledger.doubtful(ids.get(1));
            }
            TimeUnit.NANOSECONDS.sleep(OUTAGE.toNanos());
            proxy.pass();
            TimeUnit.NANOSECONDS.sleep(AFTER_IT.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            isOver = true;
        }
    }

    private void load(SessionStore store, List<String> ids, String name) throws InterruptedException {
        for (int count = 1; !isOver; count++) {
            for (int i = 0; i < ids.size(); i++) {
                try {
                    Session session = store.find(ids.get(i));
                    if (session != null) {
                        session.attribute(name, count);
                        if (store.save(session) == SaveResult.SAVED) {
                            ledger.saved(ids.get(i), name, count);
                        }
                    }
                } catch (SessionStoreException e) {
                    failures.incrementAndGet();
                    TimeUnit.MILLISECONDS.sleep(2);
                }
            }
        }
    }
}
