package dev.larder.testkit.server;

/**
 * Redis servers as they should be in production: with a user for caches who can do nothing but what a store of Larder needs of a server
 * that is no node of a cluster.
 *
 * <pre>{@code
 * try (RedisServer redis = SecuredServer.builder().start()) {
 *     Client client = Client.connect(redis.uri(), SecuredCluster.USER, SecuredCluster.PASSWORD);
 * }
 * }</pre>
 */
public final class SecuredServer {

    /** What the user for caches may do: as in {@link SecuredCluster#ALLOWED a cluster}, but for the question who serves what. */
    public static final String ALLOWED = SecuredCluster.ALLOWED.replace(" +cluster|nodes", "");

    private SecuredServer() {}

    /** Returns what starts one, and may say more of it. The user has the name and the password that he has in a {@link SecuredCluster}. */
    public static RedisServerBuilder builder() {
        return SecuredCluster.withUser(ALLOWED);
    }
}
