package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.redis.config.AuthSettings;
import dev.larder.redis.config.SentinelSettings;
import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.Ttl;
import dev.larder.testkit.server.RedisSentinels;
import dev.larder.testkit.server.RedisServer;
import dev.larder.testkit.server.RedisServerBuilder;
import dev.larder.testkit.server.SecuredCluster;
import dev.larder.testkit.server.SecuredServer;
import dev.larder.testkit.server.TestCertificates;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sentinels and servers that speak TLS only, each with a user of its own who can do no more than the documentation says. */
@Tag("outage")
class SecuredSentinelsTest {

    /** What the user of the sentinels may do, as docs/redis.md tells: enough to read from replicas, too. */
    static final String ALLOWED = "&* +@connection +psubscribe -@dangerous -@admin"
            + " +sentinel|get-master-addr-by-name +sentinel|master +sentinel|replicas";

    /** For how long a primary is silent before another one takes its place. */
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final TestCertificates CERTIFICATES = TestCertificates.ofThisJvm();
    private static final AuthSettings OF_SERVERS =
            new AuthSettings(SecuredCluster.USER, SecuredCluster.PASSWORD, null, null);

    /** What is left of that where nothing is read from replicas. */
    private static final String ALLOWED_BY_PRIMARY =
            ALLOWED.replace("&* ", "").replace("+psubscribe ", "").replace(" +sentinel|master +sentinel|replicas", "");

    private static final AuthSettings OF_SENTINELS = new AuthSettings("finder", "finder-5ecret", null, null);

    private final StoreContext<String, String> context = PatientContext.of("watched", String.class, String.class);

    @Test
    void promotionIsFollowed() {
        try (RedisSentinels redis = RedisSentinels.start(servers(), sentinels(ALLOWED_BY_PRIMARY));
                RedisStores ours = RedisStores.connect(settings(redis, OF_SENTINELS));
                RedisStores theirs = RedisStores.connect(settings(redis, OF_SENTINELS));
                Store<String, String> here = ours.stores().open(context);
                Store<String, String> there = theirs.stores().open(context)) {
            redis.promoteAfter(SecuredCluster.SILENCE);
            here.write("before", Change.put("value", Ttl.ETERNAL));
            assertThat(valueOf(there.read("before"))).isEqualTo("value");

            RedisServer lost = redis.primary();
            redis.promoteAfter(SILENCE);
            lost.kill();
            RedisServer promoted = redis.awaitNewPrimary(lost);

            await().atMost(SOON).ignoreExceptions().until(() -> {
                here.write("after", Change.put("value", Ttl.ETERNAL));
                return "value".equals(valueOf(there.read("after")));
            });
            await().atMost(SOON).until(() -> TrackingConnections.at(promoted) == 2);
            Propagation.assertImmediate(here, there);
        }
    }

    @Test
    void replicasAreFound() {
        try (RedisSentinels redis = RedisSentinels.start(servers(), sentinels(ALLOWED));
                RedisStores stores =
                        RedisStores.connect(settings(redis, OF_SENTINELS).withStaleReads(List.of()));
                Store<String, String> store = stores.stores().open(context)) {
            redis.promoteAfter(SOON);
            store.write("key", Change.put("value", Ttl.ETERNAL));

            await().atMost(SOON).until(() -> "value".equals(valueOf(store.read("key"))));
            assertThat(redis.servers())
                    .filteredOn(server -> server != redis.primary())
                    .anyMatch(replica ->
                            String.valueOf(replica.call("CLIENT", "LIST")).contains("user=" + SecuredCluster.USER));
        }
    }

    @Test
    void strangerIsToldThatSentinelsAskWhoTheStoreIs() {
        try (RedisSentinels redis = RedisSentinels.start(servers(), sentinels(ALLOWED))) {
            String message = "it asks who the store is; write \"auth\"";

            assertThat(ConnectingTest.refusal(settings(redis, null), message)).hasMessageContaining(message);
        }
    }

    /** The sentinels tell an address, and it is the server's own business to have that in its certificate. */
    @Test
    void primaryWithTheCertificateOfAnotherHostIsRefused() {
        RedisServerBuilder servers = SecuredServer.builder().tls(CERTIFICATES, CERTIFICATES.wrongHost());
        try (RedisSentinels redis =
                RedisSentinels.start(servers, sentinels(ALLOWED).tls(CERTIFICATES))) {
            String message = "is that of another host; connect by a name or address that stands in it";

            assertThat(ConnectingTest.refusal(settings(redis, OF_SENTINELS), message))
                    .hasMessageContaining(message);
        }
    }

    private static RedisServerBuilder servers() {
        return SecuredServer.builder().tls(CERTIFICATES);
    }

    private static RedisServerBuilder sentinels(String allowed) {
        return RedisServer.builder()
                .users(
                        "admin",
                        "admin-5ecret",
                        "user default off",
                        "user admin on >admin-5ecret ~* &* +@all",
                        "user finder on >finder-5ecret " + allowed);
    }

    private static RedisSettings settings(RedisSentinels redis, @Nullable AuthSettings ofSentinels) {
        List<URI> nodes = redis.sentinelUris().stream().map(URI::create).toList();
        return RedisSettings.ofSentinels(new SentinelSettings(RedisSentinels.NAME, nodes, ofSentinels))
                .withAuth(OF_SERVERS)
                .withTls(TlsCluster.trusting());
    }

    private static @Nullable String valueOf(@Nullable Entry<String> entry) {
        return entry == null ? null : entry.value();
    }
}
