package dev.larder.conformance.redis;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.provider.LarderCachingProvider;
import dev.larder.patterns.session.SessionStore;
import dev.larder.redis.RedisSettings;
import dev.larder.redis.RedisStores;
import dev.larder.redis.config.AuthSettings;
import dev.larder.redis.config.TlsSettings;
import dev.larder.store.guard.OnStoreFailure;
import dev.larder.testkit.server.SecuredCluster;
import dev.larder.testkit.server.TestCertificates;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions on a Redis cluster with TLS, as the user of docs/redis.md, who may do little. */
@Timeout(600)
class SessionClusterTest {

    private static final int USERS = Boolean.getBoolean("larder.stress") ? 200 : 12;

    private final LarderCachingProvider provider = new LarderCachingProvider();
    private final RedisStores redis = RedisStores.connect(settings());
    private final List<WebContainer.Running> servers = new ArrayList<>();

    private static RedisSettings settings() {
        List<URI> nodes =
                SecuredCluster.ofThisJvm().seedUris().stream().map(URI::create).toList();
        String authority = TestCertificates.ofThisJvm().authority().toString();
        return RedisSettings.ofCluster(nodes)
                .withTls(new TlsSettings(authority, null, null, null, null, null, null, null))
                .withAuth(new AuthSettings(SecuredCluster.USER, SecuredCluster.PASSWORD, null, null));
    }

    @BeforeEach
    void start() throws Exception {
        for (String instance : List.of("one", "two")) {
            SessionStore store = SessionStore.over(provider.getCacheManager(
                                    URI.create("instance:" + instance),
                                    getClass().getClassLoader())
                            .createCache(
                                    "sessions",
                                    CacheSettings.builder(String.class, byte[].class)
                                            .store(redis.stores())
                                            .onStoreFailure(OnStoreFailure.FAIL)
                                            .storeDeadline(Duration.ofSeconds(30))
                                            .build()))
                    .build();
            servers.add(WebContainer.TOMCAT.start(context -> CartPages.add(context, store)));
        }
    }

    @AfterEach
    void end() throws Exception {
        for (WebContainer.Running server : servers) {
            server.close();
        }
        provider.close();
        redis.close();
    }

    @Test
    void anyInstanceCarriesOn() throws Exception {
        List<Integer> ports = servers.stream().map(WebContainer.Running::port).toList();

        for (int user = 0; user < USERS; user++) {
            Customer customer = new Customer(new Visitor(ports, user), "ann");
            customer.logIn();
            customer.add(1);
            customer.add(2);
            customer.logOut();
        }
    }
}
