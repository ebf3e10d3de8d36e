package dev.larder.testkit.server;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server was asked to be.
 *
 * @param lines of the configuration file, which come after those that this kit sets
 * @param users the lines of the ACL file; empty if there is none
 * @param tls null if it listens without TLS
 * @param login by which this kit and replicas log in; null if they need not
 */
record RedisConfiguration(
        Mode mode,
        List<String> lines,
        List<String> users,
        @Nullable Tls tls,
        @Nullable Login login) {

    /** What kind of server it is. */
    enum Mode {
        STANDALONE,
        CLUSTER,
        SENTINEL
    }

    /** A user that may do everything. */
    record Login(String user, String password) {}

    /**
     * How it speaks TLS.
     *
     * @param files what it shows
     * @param asksClients whether clients must show a certificate
     */
    record Tls(TestCertificates certificates, PemFiles files, boolean asksClients) {}

    RedisConfiguration {
        lines = List.copyOf(lines);
        users = List.copyOf(users);
    }
}
