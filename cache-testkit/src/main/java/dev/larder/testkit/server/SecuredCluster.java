package dev.larder.testkit.server;

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

    private static final String ADMIN = "admin";
    private static final String ADMIN_PASSWORD = "admin-5ecret";

    private SecuredCluster() {}

    private static final class Holder {

        static final RedisCluster CLUSTER = RedisCluster.start(RedisServer.builder()
                .tls(TestCertificates.ofThisJvm())
                .users(
                        ADMIN,
                        ADMIN_PASSWORD,
                        "user default off",
                        "user " + ADMIN + " on >" + ADMIN_PASSWORD + " ~* &* +@all",
                        "user " + USER + " on >" + PASSWORD + " " + ALLOWED));
    }

    /** Returns the one that all tests of this JVM can share. Who kills nodes of it makes it whole again. */
    public static RedisCluster ofThisJvm() {
        return Holder.CLUSTER;
    }
}
