package dev.larder.testkit.server;

import dev.larder.testkit.server.RedisConfiguration.Login;
import dev.larder.testkit.server.RedisConfiguration.Mode;
import dev.larder.testkit.server.RedisConfiguration.Tls;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of one server, in a folder of its own. They are written once: a sentinel and a node of a cluster change theirs. */
final class ServerFiles {

    private static final String CONFIGURATION = "redis.conf";
    private static final String USERS = "users.acl";

    private final Path folder;

    private ServerFiles(Path folder) {
        this.folder = folder;
    }

    static ServerFiles create(RedisConfiguration configuration, int port) {
        ServerFiles files = new ServerFiles(WorkFolder.create("redis-" + port + "-"));
        if (!configuration.users().isEmpty()) {
            files.write(USERS, configuration.users());
        }
        files.write(CONFIGURATION, lines(configuration, port));
        return files;
    }

    private static List<String> lines(RedisConfiguration configuration, int port) {
        List<String> lines = new ArrayList<>(List.of("bind 127.0.0.1"));
        lines.addAll(listening(configuration.tls(), port));
        if (configuration.mode() != Mode.SENTINEL) {
            lines.add("save \"\"");
            lines.add("appendonly no");
            lines.add("repl-diskless-sync-delay 0"); // A replica need not wait for others to come.
        }
        if (configuration.mode() == Mode.CLUSTER) {
            lines.add("cluster-enabled yes");
        }
        if (!configuration.users().isEmpty()) {
            lines.add("aclfile " + USERS);
        }
        Login login = configuration.login();
        if (login != null && configuration.mode() != Mode.SENTINEL) {
            lines.add("masteruser " + login.user());
            lines.add("masterauth " + login.password());
        }
        lines.addAll(configuration.lines());
        return lines;
    }

    private static List<String> listening(@Nullable Tls tls, int port) {
        if (tls == null) {
            return List.of("port " + port);
        }
        return List.of(
                "port 0",
                "tls-port " + port,
                "tls-cert-file " + quoted(tls.files().certificate()),
                "tls-key-file " + quoted(tls.files().key()),
                "tls-ca-cert-file " + quoted(tls.certificates().authority()),
                "tls-auth-clients " + (tls.asksClients() ? "yes" : "no"),
                "tls-replication yes",
                "tls-cluster yes");
    }

    private static String quoted(Path path) {
        return '"' + path.toString() + '"';
    }

    private void write(String name, List<String> lines) {
        try {
            Files.write(folder.resolve(name), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    File folder() {
        return folder.toFile();
    }

    String configuration() {
        return CONFIGURATION;
    }

    Path log() {
        return folder.resolve("redis.log");
    }
}
