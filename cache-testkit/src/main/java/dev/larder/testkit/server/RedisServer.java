package dev.larder.testkit.server;

import dev.larder.testkit.server.RedisConfiguration.Login;
import dev.larder.testkit.server.RedisConfiguration.Mode;
import dev.larder.testkit.server.RedisConfiguration.Tls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A real Redis server on a free port of 127.0.0.1, which can be killed, paused and started again.
 *
 * <pre>{@code
 * try (RedisServer redis = RedisServer.start()) {
 *     redis.call("SET", "greeting", "hello");
 *     redis.kill();
 *     redis.restart();
 * }
 * }</pre>
 *
 * <p>The program is the {@code redis-server} on the PATH, else the one in the jar of {@code org.signal:embedded-redis}, which
 * is on the class path if you put it there. Its files lie in {@code target/larder-redis}. It ends with {@link #close}, and
 * with the JVM, also if that is killed. Safe for use by many threads.
 */
public final class RedisServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final int STARTS = 3;
    private static final String HOST = "127.0.0.1";

    private final RedisConfiguration configuration;
    private final int port;
    private final ServerFiles files;
    private final @Nullable SSLContext tls;
    private volatile ServerProcess process;

    private RedisServer(RedisConfiguration configuration, int port) {
        this.configuration = configuration;
        this.port = port;
        this.files = ServerFiles.create(configuration, port);
        this.tls = kitContext(configuration.tls());
        this.process = startProcess();
    }

    /** Starts a server that keeps nothing on disk and asks for no password. */
    public static RedisServer start() {
        return builder().start();
    }

    /** Returns what says what the server shall be. */
    public static RedisServerBuilder builder() {
        return new RedisServerBuilder();
    }

    /** Starts one, on another port if somebody took the first one meanwhile. */
    static RedisServer launch(RedisConfiguration configuration) {
        for (int start = 1; ; start++) {
            RedisServer server = new RedisServer(configuration, FreePorts.next());
            try {
                server.awaitAnswer();
                return server;
            } catch (IllegalStateException e) {
                server.close();
                if (start == STARTS || !server.log().contains("Address already in use")) {
                    throw e;
                }
            }
        }
    }

    private static @Nullable SSLContext kitContext(@Nullable Tls tls) {
        return tls == null ? null : tls.certificates().kitContext(tls.asksClients());
    }

    private ServerProcess startProcess() {
        List<String> command = new ArrayList<>(List.of(RedisBinary.locate().toString(), files.configuration()));
        if (configuration.mode() == Mode.SENTINEL) {
            command.add("--sentinel");
        }
        return ServerProcess.start(command, files.folder(), files.log().toFile());
    }

    private void awaitAnswer() {
        Patience.await(START_LIMIT, () -> answers() || !isRunning());
        if (!isRunning() || !answers()) {
            throw new IllegalStateException(this + " did not start; the end of its log:\n" + LogTail.of(log()));
        }
    }

    private boolean answers() {
        try {
            return call("PING") != null;
        } catch (RespException e) {
            return !e.code().equals("LOADING"); // What asks for a password answers, too.
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Returns the address it listens at. */
    public String host() {
        return HOST;
    }

    /** Returns the port it listens at, which stays the same after {@link #restart}. */
    public int port() {
        return port;
    }

    /** Returns the address for clients, without user and password: {@code redis://127.0.0.1:port}, {@code rediss:} with TLS. */
    public String uri() {
        return (tls == null ? "redis://" : "rediss://") + HOST + ":" + port;
    }

    /** Returns the number of its process; another one after {@link #restart}. */
    public long pid() {
        return process.pid();
    }

    /** Returns whether its process is there, also if it is paused. */
    public boolean isRunning() {
        return process.isAlive();
    }

    /** Returns all that it has logged so far. */
    public String log() {
        try {
            return Files.readString(files.log(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Opens a connection, logged in if the server asks for that.
     *
     * @throws UncheckedIOException if the server cannot be reached
     */
    public Resp connect() {
        return connect(Resp.TIMEOUT);
    }

    Resp connect(Duration timeout) {
        Resp connection = Resp.connect(HOST, port, tls, timeout);
        try {
            Login login = configuration.login();
            if (login != null) {
                connection.call("AUTH", login.user(), login.password());
            }
            return connection;
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Sends one command over a connection of its own; see {@link Resp#call(String...)}. */
    public @Nullable Object call(String... words) {
        try (Resp connection = connect()) {
            return connection.call(words);
        }
    }

    /** Returns whether it is a replica that has all its primary has, or a primary whose replicas get each write. */
    public boolean isReplicated() {
        return Replication.isGoing(this);
    }

    /** Kills it, as the loss of its machine would; its connections are closed by the system. Returns when it is gone. */
    public void kill() {
        process.kill();
    }

    /** Stops it from running, as a machine that hangs: connections are still made, and nothing is answered. */
    public void pause() {
        process.signal("STOP");
    }

    /** Lets it go on after {@link #pause}. */
    public void resume() {
        process.signal("CONT");
    }

    /**
     * Starts it again, on the same port and with the same files, whether it is still running or not.
     *
     * @throws IllegalStateException if it does not answer soon; the message ends with its log
     */
    public synchronized void restart() {
        process.stop();
        process = startProcess();
        awaitAnswer();
    }

    /** Ends it. Returns when its process is gone. */
    @Override
    public synchronized void close() {
        process.kill();
    }

    @Override
    public String toString() {
        return "redis " + HOST + ":" + port;
    }
}
