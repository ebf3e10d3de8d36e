package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.larder.redis.auth.AwsCredentials;
import dev.larder.redis.auth.AwsSdkCredentialsSource;
import dev.larder.redis.auth.Credentials;
import dev.larder.redis.auth.CredentialsProvider;
import dev.larder.redis.auth.Grant;
import dev.larder.redis.auth.IamCache;
import dev.larder.redis.auth.IamCredentialsProvider;
import dev.larder.redis.auth.RenewingCredentials;
import dev.larder.redis.config.AuthSettings;
import dev.larder.redis.config.SentinelSettings;
import dev.larder.redis.config.TlsSettings;
import dev.larder.redis.tls.Tls;
import dev.larder.testkit.server.RedisServer;
import dev.larder.testkit.server.RedisServerBuilder;
import dev.larder.time.Clock;
import dev.larder.time.Timer;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.ReauthenticateBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Plants a secret wherever there is a place for one, and looks for it in all that is shown, and logged at any level.
 *
 * <p>But for one logger, {@code io.lettuce.core.protocol.CommandEncoder}: at TRACE it is there to write each byte that is sent.
 */
class PlantedSecretTest {

    private static final String SECRET = "planted-5ecret";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String ROTATED = SECRET + "-2";

    @TempDir
    private Path directory;

    private final List<String> shown = new CopyOnWriteArrayList<>();
    private final Logger root = Logger.getLogger("");
    private final Level levelBefore = root.getLevel();
    private final List<Handler> handlersBefore = List.of(root.getHandlers());
    private final Logger wire = Logger.getLogger("io.lettuce.core.protocol.CommandEncoder");
    private final Handler recorder = new Recorder();

    @BeforeEach
    void record() {
        handlersBefore.forEach(root::removeHandler);
        root.addHandler(recorder);
        root.setLevel(Level.ALL);
        wire.setLevel(Level.FINE);
    }

    @AfterEach
    void stopRecording() {
        root.setLevel(levelBefore);
        wire.setLevel(null);
        root.removeHandler(recorder);
        handlersBefore.forEach(root::addHandler);
    }

    @Test
    void nothingThatHoldsTheSecretShowsIt() throws IOException {
        List<Object> holders = new ArrayList<>();
        Path file = Files.writeString(directory.resolve("password"), SECRET);
        IamCache iam = IamCache.elastiCache("iam-user-01", "my-cache", "us-east-1");
        AwsCredentials aws = AwsCredentials.of("id", SECRET, SECRET);
        IamCredentialsProvider signer = new IamCredentialsProvider(iam, () -> aws);

        holders.add(Credentials.of("app", SECRET));
        holders.add(Grant.forGood(Credentials.of(null, SECRET)));
        holders.add(CredentialsProvider.fixed("app", SECRET));
        holders.add(CredentialsProvider.file("app", file));
        holders.add(CredentialsProvider.file("app", file).grant());
        holders.add(aws);
        holders.add(AwsSdkCredentialsSource.of(sdk()));
        holders.add(AwsSdkCredentialsSource.of(sdk()).credentials());
        holders.add(signer);
        holders.add(new AuthSettings("app", SECRET, null, null));
        holders.add(new AuthSettings("app", SECRET, null, null).provider());
        holders.add(sentinel(URI.create("redis://s1")));
        holders.add(RedisSettings.ofSentinels(sentinel(URI.create("redis://s1")))
                .withAuth(new AuthSettings("app", SECRET, null, null)));
        holders.add(new TlsSettings("ca.p12", SECRET, "c.pem", "c.key", SECRET, null, null, null));
        holders.add(new TlsSettings("ca.p12", SECRET, null, null, null, "c.p12", SECRET, null));
        holders.add(Tls.ofJdk().presenting(directory.resolve("c.p12"), SECRET.toCharArray()));
        holders.add(renewing(CredentialsProvider.fixed("app", SECRET)));
        holders.add(uri(CredentialsProvider.fixed("app", SECRET)));

        assertThat(holders).extracting(Object::toString).noneMatch(text -> text.contains(SECRET));
        assertThat(signer.grant().toString()).doesNotContain(signature(signer)).doesNotContain("X-Amz");
    }

    @Test
    void failuresDoNotRepeatTheSecret() throws IOException {
        Path file = Files.writeString(directory.resolve("c.key"), "-----BEGIN PRIVATE KEY-----\n" + SECRET + "\n");
        Path profile = Files.writeString(directory.resolve("credentials"), SECRET);

        show(() -> new AuthSettings("app", SECRET, "/p", null));
        show(() -> new AuthSettings(" ", SECRET, null, null));
        show(() -> new TlsSettings(null, SECRET, null, null, SECRET, null, SECRET, null));
        show(() -> Credentials.of(" ", SECRET));
        show(() -> new AwsCredentials("", SECRET, SECRET, null));
        show(() -> Tls.ofJdk().presenting(file, file, SECRET.toCharArray()).sslOptions());
        show(() -> Tls.ofJdk().presenting(file, SECRET.toCharArray()).sslOptions());
        show(() -> Tls.ofJdk().trusting(profile, SECRET.toCharArray()).sslOptions());
        show(() -> renewing(failing()).resolveCredentials().block());

        assertThat(shown).hasSizeGreaterThanOrEqualTo(9).noneMatch(text -> text.contains(SECRET));
    }

    @Test
    void connectionsReconnectionsRotationsAndRefusalsDoNotLogTheSecret() {
        AtomicReference<String> password = new AtomicReference<>(SECRET);
        CredentialsProvider provider =
                CredentialsProvider.from(() -> Credentials.of("app", password.get()), Duration.ofMillis(20));

        try (RedisServer server = RedisServer.builder().password("admin").start();
                RenewingCredentials credentials = renewing(provider)) {
            server.call("ACL", "SETUSER", "app", "on", ">" + SECRET, ">" + ROTATED, "~*", "+@all");
            RedisClient client = client(server, credentials);
            try (StatefulRedisConnection<String, String> connection = client.connect()) {
                password.set(ROTATED);
                await().atMost(PATIENCE).until(() -> logged("Re-authentication succeeded"));
                server.call("CLIENT", "KILL", "USER", "app");
                await().atMost(PATIENCE)
                        .ignoreExceptions()
                        .until(() -> connection.sync().ping().equals("PONG"));
                password.set(SECRET + "-wrong");
                await().atMost(PATIENCE).until(() -> logged("WRONGPASS"));
                show(client::connect);
            } finally {
                client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
            }
        }

        assertThat(shown).hasSizeGreaterThan(20).noneMatch(text -> text.contains(SECRET));
    }

    @Test
    void storesThatAreRefusedDoNotTellTheSecret() {
        IamCache iam = IamCache.elastiCache("iam-user-01", "my-cache", "us-east-1");
        CredentialsProvider signer = new IamCredentialsProvider(iam, () -> AwsCredentials.of("id", SECRET, SECRET));
        RedisServerBuilder asking = RedisServer.builder().password("another");
        try (RedisServer server = asking.start();
                RedisServer watcher = asking.sentinel().start()) {
            URI address = URI.create(server.uri());
            AuthSettings auth = new AuthSettings("app", SECRET, null, null);

            show(() -> RedisStores.connect(RedisSettings.of(address).withAuth(auth)));
            show(() -> RedisStores.connect(
                    RedisSettings.ofCluster(List.of(address)).withAuth(auth)));
            show(() -> RedisStores.connect(RedisSettings.ofSentinels(sentinel(URI.create(watcher.uri())))));
            show(() -> RedisStores.connect(RedisSettings.of(address), signer));
        }

        assertThat(shown)
                .hasSizeGreaterThan(20)
                .noneMatch(text -> text.contains(SECRET))
                .noneMatch(text -> text.contains("X-Amz-Signature"));
    }

    /** The tooth: what the one logger writes that writes all is seen. */
    @Test
    void whatIsLoggedOfTheWireIsSeen() {
        wire.setLevel(Level.ALL);
        try (RedisServer server = RedisServer.builder().password(SECRET).start();
                RenewingCredentials credentials = renewing(CredentialsProvider.fixed(null, SECRET))) {
            RedisClient client = client(server, credentials);
            try (StatefulRedisConnection<String, String> connection = client.connect()) {
                connection.sync().ping();
            } finally {
                client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
            }
        }

        assertThat(shown).anyMatch(text -> text.contains(SECRET));
    }

    private static SentinelSettings sentinel(URI node) {
        return new SentinelSettings("mymaster", List.of(node), new AuthSettings("watcher", SECRET, null, null));
    }

    private boolean logged(String text) {
        return shown.stream().anyMatch(line -> line.contains(text));
    }

    private void show(Supplier<?> action) {
        Throwable failure = catchThrowable(action::get);
        assertThat(failure).isNotNull();
        shown.add(stackTrace(failure));
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static CredentialsProvider failing() {
        return () -> {
            throw new IllegalStateException("cannot parse " + SECRET);
        };
    }

    private static RenewingCredentials renewing(CredentialsProvider provider) {
        return new RenewingCredentials(
                "redis shared", provider, Clock.system(), Timer.system(), ForkJoinPool.commonPool());
    }

    private static RedisURI uri(CredentialsProvider provider) {
        return RedisURI.builder()
                .withHost("localhost")
                .withAuthentication(renewing(provider))
                .build();
    }

    private static RedisClient client(RedisServer server, RenewingCredentials credentials) {
        RedisClient client = RedisClient.create(RedisURI.builder()
                .withHost(server.host())
                .withPort(server.port())
                .withAuthentication(credentials)
                .build());
        client.setOptions(ClientOptions.builder()
                .reauthenticateBehavior(ReauthenticateBehavior.ON_NEW_CREDENTIALS)
                .build());
        return client;
    }

    private static StaticCredentialsProvider sdk() {
        return StaticCredentialsProvider.create(AwsSessionCredentials.create("id", SECRET, SECRET));
    }

    private static String signature(CredentialsProvider provider) {
        String token = new String(provider.grant().credentials().password());
        return token.substring(token.indexOf("X-Amz-Signature=") + "X-Amz-Signature=".length());
    }

    /** Keeps what is logged: the message with its parameters, and the failure. */
    private final class Recorder extends Handler {

        Recorder() {
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord entry) {
            Object[] parameters = entry.getParameters();
            shown.add(entry.getMessage()
                    + (parameters == null ? "" : List.of(parameters))
                    + (entry.getThrown() == null ? "" : stackTrace(entry.getThrown())));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
