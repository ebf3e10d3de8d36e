package dev.larder.testkit.server;

import java.time.Duration;

/**
 * A Redis cluster as it should be in production: it speaks TLS only, and has a user for caches who can do nothing but what a
 * store of Larder needs.
 *
 * <p>Its certificates are {@link TestCertificates#ofThisJvm}. It is started when it is asked for first, and ends with the JVM.
 */
public final class SecuredCluster {

    /** The name of the user for caches. */
    public static final String USER = "app";

    /** The password of the user for caches. */
    public static final String PASSWORD = "app-5ecret";

    /** What that user may do, as docs/redis.md tells to allow it: with keys and channels that begin with {@code larder:}. */
    public static final String ALLOWED = "~larder:* &larder:* +@read +@write +@connection +@pubsub +eval +evalsha +time"
            + " +cluster|nodes -@dangerous -@admin";

    /** How long a node is silent before its replica is promoted, unless a test says {@link RedisCluster#promoteAfter otherwise}. */
    public static final Duration SILENCE = Duration.ofSeconds(8);

    private static final String ADMIN = "admin";
    private static final String ADMIN_PASSWORD = "admin-5ecret";

    private SecuredCluster() {}

    private static final class Holder {

        static final RedisCluster CLUSTER = RedisCluster.start(withUser(ALLOWED)
                .config("cluster-node-timeout " + SILENCE.toMillis())
                .tls(TestCertificates.ofThisJvm()));
    }

    /** Returns what starts a server with the user for caches. */
    static RedisServerBuilder withUser(String allowed) {
        return RedisServer.builder()
                .users(
                        ADMIN,
                        ADMIN_PASSWORD,
                        "user default off",
                        "user " + ADMIN + " on >" + ADMIN_PASSWORD + " ~* &* +@all",
                        "user " + USER + " on >" + PASSWORD + " " + allowed);
    }

    /** Returns the one that all tests of this JVM can share. Who kills nodes of it makes it whole again, as who has it promote replicas sooner lets it wait again. */
    public static RedisCluster ofThisJvm() {
        return Holder.CLUSTER;
    }
}
