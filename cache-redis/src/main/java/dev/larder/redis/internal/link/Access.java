package dev.larder.redis.internal.link;

import dev.larder.redis.auth.RenewingCredentials;
import dev.larder.redis.tls.Tls;
import io.lettuce.core.RedisURI;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all connections of a store have in common.
 *
 * @param credentials who the store is to the servers; null if they do not ask
 * @param ofSentinels who it is to the sentinels; null if they do not ask
 * @param tls how connections to addresses of TLS are encrypted
 * @param clientName what servers list the connections as
 * @param connectTimeout how long it may take to connect, TLS and handshake included
 * @param queue how many commands may wait for their answers on a connection
 */
public record Access(
        @Nullable RenewingCredentials credentials,
        @Nullable RenewingCredentials ofSentinels,
        Tls tls,
        String clientName,
        Duration connectTimeout,
        int queue)
        implements AutoCloseable {

    private static final int PORT = 6379;
    private static final int SENTINEL_PORT = 26379;

    /** Returns the access of a stranger: no user, what the JDK trusts, the usual limits. */
    public static Access ofStranger() {
        return new Access(null, null, Tls.ofJdk(), "larder", Options.CONNECT_TIMEOUT, 10_000);
    }

    /** Returns how many commands may be sent together, so that several threads can do so. */
    int mostTogether() {
        return Math.max(1, Math.min(Link.MOST_TOGETHER, queue / 4));
    }

    /** Returns the address of a server. */
    RedisURI address(URI uri) {
        RedisURI address = of(uri, PORT, credentials);
        String database = String.valueOf(uri.getPath()).replace("/", "");
        if (!database.isEmpty()) {
            address.setDatabase(Integer.parseInt(database));
        }
        return address;
    }

    /** Returns the address of whoever is the primary. */
    RedisURI address(String master, List<URI> sentinels) {
        RedisURI address = new RedisURI();
        address.setSentinelMasterId(master);
        sentinels.forEach(sentinel -> address.getSentinels().add(of(sentinel, SENTINEL_PORT, ofSentinels)));
        return complete(address, sentinels.get(0), credentials);
    }

    /** Returns what to look at when a server does not take the credentials. */
    String whenRefused() {
        return credentials == null
                ? "it knows no such user with that password; look at \"auth\""
                : credentials.whenRefused();
    }

    private RedisURI of(URI uri, int port, @Nullable RenewingCredentials user) {
        return complete(RedisURI.create(uri.getHost(), uri.getPort() < 0 ? port : uri.getPort()), uri, user);
    }

    private RedisURI complete(RedisURI address, URI uri, @Nullable RenewingCredentials user) {
        address.setTimeout(connectTimeout);
        address.setClientName(clientName);
        if (user != null) {
            address.setCredentialsProvider(user);
        }
        return uri.getScheme().equals("rediss") ? Tls.encrypted(address) : address;
    }

    /** Ends the renewal of credentials. */
    @Override
    public void close() {
        if (credentials != null) {
            credentials.close();
        }
        if (ofSentinels != null) {
            ofSentinels.close();
        }
    }
}
