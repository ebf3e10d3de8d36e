package dev.larder.testkit.server;

import dev.larder.testkit.server.RedisConfiguration.Login;
import dev.larder.testkit.server.RedisConfiguration.Mode;
import dev.larder.testkit.server.RedisConfiguration.Tls;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what a {@link RedisServer} shall be. Without a word it is one that keeps nothing on disk and asks nobody who he is. */
public final class RedisServerBuilder {

    private Mode mode = Mode.STANDALONE;
    private final List<String> lines = new ArrayList<>();
    private final List<String> users = new ArrayList<>();
    private @Nullable Tls tls;
    private @Nullable Login login;

    RedisServerBuilder() {}

    /** Adds lines to the configuration file, for example {@code maxmemory 10mb}. They win against those of this kit. */
    public RedisServerBuilder config(String... more) {
        lines.addAll(Arrays.asList(more));
        return this;
    }

    /** Lets the server write each change to disk before it answers, so that the content outlives {@code kill}. */
    public RedisServerBuilder appendOnly() {
        return config("appendonly yes", "appendfsync always");
    }

    /** Asks this password of everybody who is to be the default user. */
    public RedisServerBuilder password(String password) {
        return config("requirepass " + password).login("default", password);
    }

    /**
     * Gives the server an ACL file, and one user of it to this kit.
     *
     * @param user one of the file, who may do everything; replicas log in at their primary by it, too
     * @param password of that user
     * @param all the lines of the file, for example {@code user app on >secret ~* &* +@all}
     */
    public RedisServerBuilder users(String user, String password, String... all) {
        users.addAll(Arrays.asList(all));
        return login(user, password);
    }

    private RedisServerBuilder login(String user, String password) {
        login = new Login(user, password);
        return this;
    }

    /** Lets it speak TLS only, with a good certificate. Clients need none. */
    public RedisServerBuilder tls(TestCertificates certificates) {
        return tls(certificates, certificates.server());
    }

    /**
     * Lets it speak TLS only.
     *
     * @param shown the certificate of the server, for example {@link TestCertificates#expired}
     */
    public RedisServerBuilder tls(TestCertificates certificates, PemFiles shown) {
        tls = new Tls(certificates, shown, false);
        return this;
    }

    /** Lets it speak TLS only, with a good certificate, to clients only that show one of the same authority. */
    public RedisServerBuilder mutualTls(TestCertificates certificates) {
        tls = new Tls(certificates, certificates.server(), true);
        return this;
    }

    /** Makes it a sentinel; whom to watch is said by {@link #config}. */
    public RedisServerBuilder sentinel() {
        mode = Mode.SENTINEL;
        return this;
    }

    /** Makes it a node of a cluster, alone at first. The port of its bus is 10000 more than its own. */
    public RedisServerBuilder cluster() {
        mode = Mode.CLUSTER;
        return this;
    }

    /** Returns another builder, for a node of a cluster; the lines stand before those of this one, which win. */
    RedisServerBuilder asNode(String... defaults) {
        return copy(defaults).cluster();
    }

    /** Returns another builder, for a replica of a server. */
    RedisServerBuilder asReplicaOf(RedisServer primary) {
        return copy("replicaof " + primary.host() + " " + primary.port());
    }

    /**
     * Returns another builder, for a sentinel that watches servers like this one.
     *
     * @param sentinel what it shall be beside that; it has the TLS of the servers unless this says otherwise
     */
    RedisServerBuilder asSentinel(
            RedisServerBuilder sentinel, String name, RedisServer primary, int quorum, String... options) {
        RedisServerBuilder copy =
                sentinel.copy("sentinel monitor " + name + " " + primary.host() + " " + primary.port() + " " + quorum);
        copy.mode = Mode.SENTINEL;
        for (String option : options) {
            copy.config("sentinel " + option);
        }
        if (login != null) {
            copy.config("sentinel auth-user " + name + " " + login.user());
            copy.config("sentinel auth-pass " + name + " " + login.password());
        }
        if (copy.login != null) { // by which it asks the other sentinels
            copy.config("sentinel sentinel-user " + copy.login.user());
            copy.config("sentinel sentinel-pass " + copy.login.password());
        }
        if (copy.tls == null) {
            copy.tls = tls;
        }
        return copy;
    }

    private RedisServerBuilder copy(String... defaults) {
        RedisServerBuilder copy = new RedisServerBuilder().config(defaults);
        copy.lines.addAll(lines);
        copy.users.addAll(users);
        copy.mode = mode;
        copy.tls = tls;
        copy.login = login;
        return copy;
    }

    /**
     * Starts the server.
     *
     * @throws IllegalStateException if there is no server to start, or it does not answer soon; the message ends with its log
     */
    public RedisServer start() {
        return RedisServer.launch(new RedisConfiguration(mode, lines, users, tls, login));
    }
}
