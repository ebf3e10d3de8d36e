package dev.larder.redis;

import dev.larder.redis.config.AuthSettings;
import dev.larder.redis.config.TlsSettings;
import dev.larder.testkit.server.RedisCluster;
import dev.larder.testkit.server.SecuredCluster;
import dev.larder.testkit.server.TestCertificates;
import java.net.URI;

/** What connects to the cluster of this JVM, which speaks TLS only, as a user who can do no more than the documentation says. */
public final class TlsCluster {

    private TlsCluster() {}

    /** Returns it, started. */
    public static RedisCluster cluster() {
        return SecuredCluster.ofThisJvm();
    }

    /** Returns what connects to it. */
    public static RedisSettings settings() {
        return strangersSettings().withAuth(new AuthSettings(SecuredCluster.USER, SecuredCluster.PASSWORD, null, null));
    }

    /** Returns what would connect to it if it did not ask who is there. */
    public static RedisSettings strangersSettings() {
        return RedisSettings.ofCluster(
                        cluster().seedUris().stream().map(URI::create).toList())
                .withTls(trusting());
    }

    /** Returns the settings of TLS that trust its servers. */
    public static TlsSettings trusting() {
        return new TlsSettings(
                TestCertificates.ofThisJvm().authority().toString(), null, null, null, null, null, null, null);
    }
}
