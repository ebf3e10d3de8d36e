package dev.larder.jcache.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.function.Function;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.Test;

/** Whoever has no configuration file does not need Jackson: Larder runs where there is none. */
class WithoutJacksonTest {

    /** Uses a cache; loaded by a class loader of its own, with all of Larder. */
    public static final class Application implements Function<String, String> {

        @Override
        public String apply(String uri) {
            try (CachingProvider provider = Caching.getCachingProvider(Application.class.getClassLoader());
                    CacheManager manager = provider.getCacheManager(uri.isEmpty() ? null : URI.create(uri), null)) {
                var cache = manager.createCache("words", new MutableConfiguration<String, String>());
                cache.put("key", "value");
                return cache.get("key");
            }
        }
    }

    @Test
    void cacheWithoutFileWorks() throws Exception {
        assertThat(application("tools.jackson").apply("")).isEqualTo("value");
        assertThat(application("tools.jackson").apply("a-name")).isEqualTo("value");
    }

    @Test
    void jacksonIsTrulyNotThere() throws Exception {
        Function<String, String> application = application("tools.jackson");
        String file = getClass().getResource("/without-jackson.json").toString();

        assertThatThrownBy(() -> application.apply(file)).isInstanceOf(NoClassDefFoundError.class);
        assertThat(application("tools.jackson.dataformat").apply(file)).isEqualTo("value");
    }

    @Test
    void yamlWithoutItsModuleIsRefusedWithTheRemedy() throws Exception {
        Function<String, String> application = application("tools.jackson.dataformat");
        String file = getClass().getResource("/without-jackson.yaml").toString();

        assertThatThrownBy(() -> application.apply(file))
                .hasMessageContaining(
                        "YAML needs tools.jackson.dataformat:jackson-dataformat-yaml on the class path; add it, or write the"
                                + " file in JSON");
    }

    @SuppressWarnings("unchecked") // the class is ours, though from another loader
    private static Function<String, String> application(String refused) throws ReflectiveOperationException {
        ClassLoader loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                if (name.startsWith(refused + ".")) {
                    throw new ClassNotFoundException(name + " is refused");
                }
                return super.findClass(name);
            }
        };
        return (Function<String, String>)
                loader.loadClass(Application.class.getName()).getConstructor().newInstance();
    }

    private static URL[] classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(WithoutJacksonTest::toUrl)
                .toArray(URL[]::new);
    }

    private static URL toUrl(String path) {
        try {
            return new File(path).toURI().toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }
}
