package dev.larder.conformance.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.larder.jcache.EffectiveConfiguration;
import dev.larder.testkit.server.RedisServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plants a secret into a configuration file and looks for it in all that JMX shows of the JVM, also when the store has failed. */
class PlantedSecretTest {

    private static final String SECRET = "planted-5ecret";
    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

    @TempDir
    private Path directory;

    @Test
    void noBeanShowsTheSecret() throws IOException, JMException {
        try (RedisServer server = RedisServer.builder().password(SECRET).start();
                CacheManager manager = manager(server)) {
            Cache<String, String> cache = manager.createCache(
                    "planted", new MutableConfiguration<String, String>().setTypes(String.class, String.class));
            cache.put("key", "value");
            server.kill();
            assertThat(catchThrowable(() -> cache.get("key"))).isNotNull();

            List<String> shown = shown();

            assertThat(shown)
                    .anyMatch(text -> text.contains("type=CacheConfiguration") && text.contains("planted"))
                    .anyMatch(text -> text.contains("type=CacheStatistics") && text.contains("planted"))
                    .anyMatch(text -> text.contains("type=StoreHealth") && text.contains("planted"))
                    .noneMatch(text -> text.contains(SECRET));
            assertThat(EffectiveConfiguration.of(manager).describe())
                    .contains("planted")
                    .doesNotContain(SECRET);
        }
    }

    /** The tooth: what a bean says is seen. */
    @Test
    void whatABeanSaysIsSeen() throws JMException {
        ObjectName name = new ObjectName("dev.larder.test:type=Telling");
        BEANS.registerMBean(new Telling(), name);
        try {
            assertThat(shown()).anyMatch(text -> text.contains(SECRET));
        } finally {
            BEANS.unregisterMBean(name);
        }
    }

    /** What such a bean tells. */
    public interface TellingMBean {
        /** Returns a password. */
        String[] getPasswords();
    }

    private static final class Telling implements TellingMBean {
        @Override
        public String[] getPasswords() {
            return new String[] {SECRET};
        }
    }

    private CacheManager manager(RedisServer server) throws IOException {
        Path file = Files.writeString(directory.resolve("larder.json"), """
                {
                  "stores": { "shared": { "redis": { "uri": "%s", "auth": { "password": "%s" } } } },
                  "templates": {
                    "*": { "store": "shared", "onStoreFailure": "fail", "storeDeadline": "30s", "statistics": true, "management": true }
                  }
                }
                """.formatted(server.uri(), SECRET));
        return Caching.getCachingProvider("dev.larder.jcache.provider.LarderCachingProvider")
                .getCacheManager(file.toUri(), getClass().getClassLoader());
    }

    /** Returns what each attribute of each bean shows. */
    private static List<String> shown() throws JMException {
        List<String> shown = new ArrayList<>();
        for (ObjectName bean : BEANS.queryNames(null, null)) {
            for (MBeanAttributeInfo attribute : BEANS.getMBeanInfo(bean).getAttributes()) {
                shown.add(bean + " " + attribute.getName() + " " + value(bean, attribute.getName()));
            }
        }
        return shown;
    }

    private static String value(ObjectName bean, String attribute) throws JMException {
        try {
            Object value = BEANS.getAttribute(bean, attribute);
            return value instanceof Object[] array ? Arrays.deepToString(array) : String.valueOf(value);
        } catch (RuntimeMBeanException e) {
            return "cannot be had: " + e; // as some of the JDK's cannot
        }
    }
}
