package dev.larder.conformance.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.LarderCache;
import dev.larder.testkit.fault.TcpProxy;
import dev.larder.testkit.server.RedisServer;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Entry processors of several JVMs on the same entries, while connections are reset: each takes effect once, or its caller is told that nobody knows. */
@Timeout(1_200)
class RedisInvokeTest {

    private static final boolean STRESS = Boolean.getBoolean("larder.stress");
    private static final int JVMS = STRESS ? 4 : 2;
    private static final int THREADS = 4;
    private static final int INCREMENTS = STRESS ? 2_000 : 200;
    private static final int KEYS = 4;

    /** What a client has without resets: one for calls, one for the channel. */
    private static final long CONNECTIONS = 2;

    /** One of so many increments may be unknown: where all are, any sum is right. Measured were one of 300 and fewer. */
    private static final int KNOWN_FOR_AN_UNKNOWN = STRESS ? 50 : 10;

    /** Each leaves one increment of each thread unknown at most; on a slow machine there would be more of them. */
    private static final long MOST_RESETS =
            STRESS ? Long.MAX_VALUE : (long) JVMS * THREADS * INCREMENTS / (5 * KNOWN_FOR_AN_UNKNOWN);

    private RedisServer server;
    private final List<TcpProxy> proxies = new ArrayList<>();
    private final List<ClientJvm> jvms = new ArrayList<>();

    @BeforeEach
    void start() {
        server = RedisServer.start();
    }

    @AfterEach
    void stop() {
        jvms.forEach(ClientJvm::close);
        proxies.forEach(TcpProxy::close);
        server.close();
    }

    /** What came of the increments of one counter. */
    private record Count(long acknowledged, long unknown) {

        static Count parse(String[] words) {
            return new Count(Long.parseLong(words[1]), Long.parseLong(words[2]));
        }

        Count plus(Count other) {
            return new Count(acknowledged + other.acknowledged, unknown + other.unknown);
        }
    }

    /** Where the key is absent, an increment that timed out is followed by a removal, which takes along what others made of it. */
    private void createCounters() {
        try (Member member = new Member(server.uri())) {
            LarderCache<String, Long> cache = member.cache(Increments.CACHE, Long.class);
            for (int i = 0; i < KEYS; i++) {
                cache.put(Increments.key(i), 0L);
            }
        }
    }

    @Test
    void noIncrementIsLostOrDoneTwiceThoughConnectionsAreReset() {
        createCounters();
        long resets = 0;
        for (int attempt = 0; attempt < 5 && resets <= JVMS; attempt++) {
            resets += resetsWhileJvmsIncrement();
        }

        Map<String, Count> counts = counts();
        assertThat(counts.values().stream()
                        .mapToLong(count -> count.acknowledged() + count.unknown())
                        .sum())
                .isEqualTo((long) jvms.size() * THREADS * INCREMENTS);
        assertThat(resets).as("resets").isGreaterThan(JVMS);
        try (Member member = new Member(server.uri())) {
            LarderCache<String, Long> cache = member.cache(Increments.CACHE, Long.class);
            counts.forEach((key, count) -> assertThat(cache.get(key))
                    .as("%s after %s", key, count)
                    .isBetween(count.acknowledged(), count.acknowledged() + count.unknown()));
        }
        Count all = counts.values().stream().reduce(new Count(0, 0), Count::plus);
        assertThat(proxies.stream().mapToLong(TcpProxy::connections).sum())
                .as("connections, made once more after a reset")
                .isGreaterThan(CONNECTIONS * proxies.size());
        assertThat(all.unknown())
                .as("unknown in %s", all)
                .isLessThanOrEqualTo(all.acknowledged() / KNOWN_FOR_AN_UNKNOWN);
        log(all + " with " + resets + " resets");
    }

    /** Lets JVMs more make their increments, and returns how many resets there were meanwhile. */
    private long resetsWhileJvmsIncrement() {
        List<ClientJvm> more = new ArrayList<>();
        List<TcpProxy> between = new ArrayList<>();
        for (int i = 0; i < JVMS; i++) {
            TcpProxy proxy = TcpProxy.to(server.host(), server.port());
            between.add(proxy);
            more.add(ClientJvm.start(Increments.class, uri(proxy), "" + THREADS, "" + INCREMENTS, "" + KEYS));
        }
        proxies.addAll(between);
        jvms.addAll(more);
        more.forEach(ClientJvm::awaitReady);
        try (Resets all = new Resets(between, MOST_RESETS)) {
            more.forEach(ClientJvm::go);
            more.forEach(ClientJvm::awaitDone);
            return all.made();
        }
    }

    private Map<String, Count> counts() {
        Map<String, Count> counts = new TreeMap<>();
        jvms.stream().flatMap(jvm -> jvm.said(Increments.COUNTED)).forEach(line -> {
            String[] words = line.split(" ", -1);
            counts.merge(words[0], Count.parse(words), Count::plus);
        });
        return counts;
    }

    private void log(String what) {
        System.getLogger(getClass().getName()).log(Level.INFO, what);
    }

    private static String uri(TcpProxy proxy) {
        return "redis://" + proxy.host() + ":" + proxy.port();
    }

    /** The tooth: over a store that does not compare, two that come at a time count as one. */
    @Test
    void overAStoreThatDoesNotCompareIncrementsAreLost() throws Exception {
        try (Member one = new Member(server.uri(), BlindStores::new);
                Member other = new Member(server.uri(), BlindStores::new)) {
            LarderCache<String, Long> cache = one.cache(Increments.CACHE, Long.class);
            List<Increments> both =
                    List.of(new Increments(cache, 1), new Increments(other.cache(Increments.CACHE, Long.class), 1));
            long made = 0;
            do { // once more, if a busy machine has kept them apart
                Member.inThreads(2, thread -> both.get(thread).run(1, 2_000));
                made += 4_000;
            } while (made < 40_000 && cache.get(Increments.key(0)) == made);
            assertThat(cache.get(Increments.key(0))).isLessThan(made);
        }
    }

    /** The other: over a store that denies what nobody knows, increments are made again that were made. Not each reset hits one. */
    @Test
    void overAStoreThatDeniesWhatNobodyKnowsIncrementsAreDoneTwice() throws Exception {
        createCounters();
        for (int i = 0; i < 2; i++) {
            proxies.add(TcpProxy.to(server.host(), server.port()));
        }
        try (Member direct = new Member(server.uri());
                Member one = new Member(uri(proxies.get(0)), DenyingStores::new);
                Member other = new Member(uri(proxies.get(1)), DenyingStores::new)) {
            LarderCache<String, Long> cache = direct.cache(Increments.CACHE, Long.class);
            List<Increments> both = List.of(hastily(one), hastily(other));
            long made = 0;
            try (Resets resets = new Resets(proxies, Long.MAX_VALUE)) { // once the caches are open
                do {
                    Member.inThreads(2, member -> both.get(member).run(THREADS, INCREMENTS));
                    made += 2L * THREADS * INCREMENTS;
                } while (made < 400L * THREADS * INCREMENTS && cache.get(Increments.key(0)) <= made);
                assertThat(cache.get(Increments.key(0)))
                        .as("after %d resets", resets.made())
                        .isGreaterThan(made);
            }
        }
    }

    private static Increments hastily(Member member) {
        return new Increments(
                member.cache(Increments.CACHE, Long.class, settings -> settings.storeDeadline(Member.USUAL)), 1);
    }
}
