package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.larder.testkit.server.RedisServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of an application: a file, and nothing of Larder's in the code. */
class ConfigurationFileTest {

    private static final String SECRET = "planted-5ecret";

    @TempDir
    private Path directory;

    @Test
    void cacheOfAFileKeepsItsEntriesOnTheServer() throws IOException {
        try (RedisServer server = RedisServer.builder().password(SECRET).start();
                CacheManager manager = manager("""
                        { "redis": { "uri": "%s", "auth": { "password": "%s" }, "prefix": "shop:" } }
                        """.formatted(server.uri(), SECRET))) {
            Cache<String, String> cache = create(manager);

            cache.put("key", "value");

            assertThat(cache.get("key")).isEqualTo("value");
            assertThat("" + server.call("KEYS", "shop:*")).isNotEqualTo("[]");
        }
    }

    @Test
    void wrongPasswordIsToldAsWhatItIsAndNotRepeated() throws IOException {
        try (RedisServer server = RedisServer.builder().password("another").start();
                CacheManager manager = manager("""
                        { "redis": { "uri": "%s", "auth": { "password": "%s" } } }
                        """.formatted(server.uri(), SECRET))) {
            Throwable refused = catchThrowable(() -> create(manager));

            assertThat(stackTrace(refused))
                    .contains("it knows no such user with that password; look at \"auth\"")
                    .doesNotContain(SECRET);
        }
    }

    @Test
    void settingsThatDoNotGoTogetherAreToldWithTheirPlace() throws IOException {
        try (CacheManager manager = manager("""
                { "redis": { "uri": "redis://a", "readFrom": "replica", "auth": { "password": "%s" } } }
                """.formatted(SECRET))) {
            Throwable refused = catchThrowable(() -> create(manager));

            assertThat(stackTrace(refused))
                    .contains("larder.json", "\"staleReads\": true")
                    .doesNotContain(SECRET);
        } catch (RuntimeException e) {
            assertThat(stackTrace(e))
                    .contains("larder.json", "\"staleReads\": true")
                    .doesNotContain(SECRET);
        }
    }

    private CacheManager manager(String store) throws IOException {
        Path file = Files.writeString(directory.resolve("larder.json"), """
                {
                  "stores": { "shared": %s },
                  "templates": { "*": { "store": "shared", "storeDeadline": "30s", "expireAfterWrite": "10m" } }
                }
                """.formatted(store));
        return Caching.getCachingProvider("dev.larder.jcache.provider.LarderCachingProvider")
                .getCacheManager(file.toUri(), getClass().getClassLoader());
    }

    private static Cache<String, String> create(CacheManager manager) {
        return manager.createCache(
                "products", new MutableConfiguration<String, String>().setTypes(String.class, String.class));
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
