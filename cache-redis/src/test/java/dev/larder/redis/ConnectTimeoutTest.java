package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.larder.testkit.fault.TcpProxy;
import dev.larder.testkit.server.RedisServer;
import dev.larder.time.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that take connections and say nothing: the creation of a cache waits for {@code connectTimeout}, however long its operations may take. */
class ConnectTimeoutTest {

    /** The quickest of so many creations counts: a machine that stops for seconds takes longer for some. */
    private static final int TRIES = 3;

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    /** Less than the five seconds that it may take unless the settings say otherwise. */
    private static final Duration LIMIT = Duration.ofSeconds(4);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'uri': 'redis://%s'",
                "'uri': 'rediss://%s'",
                "'topology': 'cluster', 'nodes': [ 'redis://%s' ]",
                "'topology': 'cluster', 'nodes': [ 'rediss://%s' ]",
                "'sentinel': { 'master': 'shop', 'nodes': [ 'redis://%s' ] }"
            })
    void silentServerIsGivenUpInTime(String address) throws IOException {
        try (RedisServer server = RedisServer.start();
                TcpProxy proxy = TcpProxy.to(server.host(), server.port())) {
            proxy.blackHole();
            try (CacheManager manager = manager(address.formatted(proxy.host() + ":" + proxy.port()))) {
                OptionalLong first = LongStream.range(0, TRIES)
                        .map(each -> nanosOfRefusal(manager))
                        .filter(nanos -> nanos <= LIMIT.toNanos())
                        .findFirst();

                assertThat(first).isPresent();
                assertThat(first.orElseThrow()).isGreaterThanOrEqualTo(TIMEOUT.toNanos());
            }
        }
    }

    private CacheManager manager(String address) throws IOException {
        Path file = Files.writeString(directory.resolve("larder.json"), """
            {
              "stores": { "shared": { "redis": { %s, "connectTimeout": "1s" } } },
              "templates": { "*": { "store": "shared", "storeDeadline": "30s" } }
            }
            """.formatted(address.replace('\'', '"')));
        return Caching.getCachingProvider("dev.larder.jcache.provider.LarderCachingProvider")
                .getCacheManager(file.toUri(), getClass().getClassLoader());
    }

    private static long nanosOfRefusal(CacheManager manager) {
        long start = Clock.system().nanos();
        assertThat(catchThrowable(() -> manager.createCache("products", new MutableConfiguration<>())))
                .hasStackTraceContaining("cannot be reached");
        return Clock.system().nanos() - start;
    }
}
