package dev.larder.redis;

import dev.larder.redis.config.AuthSettings;
import dev.larder.redis.config.TlsSettings;
import dev.larder.testkit.server.RedisCluster;
import dev.larder.testkit.server.RedisServer;
import dev.larder.testkit.server.TestCertificates;
import java.net.URI;

/** The cluster of this JVM: TLS, and a user who can do no more than the documentation says. It ends with the JVM. */
public final class TlsCluster {

    /** What the documentation tells to allow to the user of a store, after name and password. */
    public static final String ACL = "~larder:* &larder:* +@read +@write +@connection +@pubsub +eval +evalsha +time"
            + " +cluster|nodes -@dangerous -@admin";

    private static final String PASSWORD = "app-5ecret";

    private TlsCluster() {}

    private static final class Holder {

        static final RedisCluster CLUSTER = RedisCluster.start(RedisServer.builder()
                .tls(TestCertificates.ofThisJvm())
                .users(
                        "admin",
                        "admin-5ecret",
                        "user default off",
                        "user admin on >admin-5ecret ~* &* +@all",
                        "user app on >" + PASSWORD + " " + ACL));
    }

    /** Returns it, started. */
    public static RedisCluster cluster() {
        return Holder.CLUSTER;
    }

    /** Returns what connects to it. */
    public static RedisSettings settings() {
        return RedisSettings.ofCluster(
                        cluster().seedUris().stream().map(URI::create).toList())
                .withAuth(new AuthSettings("app", PASSWORD, null, null))
                .withTls(trusting());
    }

    /** Returns the settings of TLS that trust its servers. */
    public static TlsSettings trusting() {
        return new TlsSettings(
                TestCertificates.ofThisJvm().authority().toString(), null, null, null, null, null, null, null);
    }
}
