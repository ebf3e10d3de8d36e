package dev.larder.jcache.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.EffectiveConfiguration;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.Loaded;
import dev.larder.jcache.LoaderWithMetadata;
import dev.larder.jcache.provider.LarderCachingProvider;
import dev.larder.store.heap.HeapStore;
import java.io.IOException;
import java.io.OutputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.zip.ZipEntry;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an application sees that has a configuration file: only the public API is used. */
class ManagerWithFileTest {

    private static final String SHOP = """
            {
              "templates": { "products*": { "maximumSize": 10 } },
              "caches":    {
                "users": { "keyType": "java.lang.String", "valueType": "byte[]", "statistics": true }
              }
            }
            """;

    private final LarderCachingProvider provider = new LarderCachingProvider();
    private final List<String> logged = new ArrayList<>();
    private final Logger logger = Logger.getLogger("dev.larder.configuration");
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            logged.add(line.getLevel() + " " + line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @TempDir
    Path directory;

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void close() {
        provider.close();
        logger.removeHandler(handler);
    }

    @Test
    void defaultUriReadsTheFileOfTheClassLoader() {
        write("larder.json", SHOP);

        assertHasTemplate(provider.getCacheManager(null, classLoader()));
    }

    @Test
    void nameReadsNoFile() {
        write("larder.json", SHOP);

        CacheManager manager = provider.getCacheManager(URI.create("orders"), classLoader());

        assertThat(manager.getCacheNames()).isEmpty();
        assertThat(EffectiveConfiguration.of(manager).describe())
                .isEqualTo("no configuration file: the code decides\n");
    }

    @Test
    void uriOnTheClassPathIsAFile() {
        write("shop/caches.json", SHOP);

        assertHasTemplate(provider.getCacheManager(URI.create("classpath:shop/caches.json"), classLoader()));
    }

    @Test
    void uriOfAFileIsAFile() {
        assertHasTemplate(provider.getCacheManager(write("caches.json", SHOP).toUri(), null));
    }

    @Test
    void uriInAJarIsAFile() throws IOException {
        Path jar = directory.resolve("shop.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream content = new JarOutputStream(file)) {
            content.putNextEntry(new ZipEntry("conf/caches.json"));
            content.write(SHOP.getBytes(StandardCharsets.UTF_8));
            content.closeEntry();
        }

        assertHasTemplate(provider.getCacheManager(URI.create("jar:" + jar.toUri() + "!/conf/caches.json"), null));
        Files.delete(jar);
    }

    private static void assertHasTemplate(CacheManager manager) {
        Cache<Object, Object> products = manager.createCache("products.de", new MutableConfiguration<>());

        assertThat(settings(products).getStoreFactory()).isEqualTo(HeapStore.ofMaximumSize(10));
    }

    @Test
    void missingFileIsAnError() {
        assertThatThrownBy(() -> provider.getCacheManager(URI.create("classpath:no/such.json"), null))
                .isInstanceOf(CacheException.class)
                .hasMessageStartingWith("classpath:no/such.json: there is no such file on the class path");
        assertThatThrownBy(() -> provider.getCacheManager(URI.create("file:/no/such.json"), null))
                .isInstanceOf(CacheException.class)
                .hasMessageStartingWith("file:/no/such.json: cannot be read");
        assertThatThrownBy(() -> provider.getCacheManager(URI.create("jar:such.json"), null))
                .isInstanceOf(CacheException.class)
                .hasMessageStartingWith("jar:such.json: is not the address of a file");
    }

    @Test
    void jsonAndYamlTogetherAreRefused() {
        write("larder.json", SHOP);
        write("larder.yml", "strict: true");

        assertThatThrownBy(() -> provider.getCacheManager(null, classLoader()))
                .isInstanceOf(CacheException.class)
                .hasMessage(
                        "classpath:larder.json: there is classpath:larder.yml as well, and nothing says which one counts;"
                                + " leave one of them");
    }

    @Test
    void firstOfSeveralFilesCounts() throws IOException {
        Path test = Files.createDirectory(directory.resolve("test"));
        Path main = Files.createDirectory(directory.resolve("main"));
        Files.writeString(test.resolve("larder.json"), SHOP);
        Files.writeString(main.resolve("larder.json"), "{}");
        ClassLoader loader = new URLClassLoader(
                new URL[] {test.toUri().toURL(), main.toUri().toURL()},
                getClass().getClassLoader());

        assertHasTemplate(provider.getCacheManager(null, loader));
        assertThat(logged)
                .anySatisfy(line -> assertThat(line)
                        .startsWith(
                                "WARNING " + test.resolve("larder.json").toUri().toURL() + " is used")
                        .contains(main.resolve("larder.json").toUri().toURL().toString()));
    }

    @Test
    void declaredCachesAreThereFromTheStart() {
        CacheManager manager = manager(SHOP);

        assertThat(manager.getCacheNames()).containsExactly("users");
        Cache<String, byte[]> users = manager.getCache("users", String.class, byte[].class);
        users.put("ada", new byte[1]);
        assertThat(users.get("ada")).hasSize(1);
        assertThatThrownBy(() -> manager.getCache("users", String.class, String.class))
                .isInstanceOf(ClassCastException.class);
    }

    @Test
    void declaredCacheCannotBeMadeTwiceButAgain() {
        CacheManager manager = manager(SHOP);

        assertThatThrownBy(() -> manager.createCache("users", new MutableConfiguration<>()))
                .isInstanceOf(CacheException.class)
                .hasMessageStartingWith("cache \"users\" exists already");

        manager.destroyCache("users");
        assertThat(settings(manager.createCache("users", new MutableConfiguration<>()))
                        .isStatisticsEnabled())
                .isTrue();
    }

    @Test
    void strictRefusesACacheWithoutTemplate() {
        CacheManager manager =
                manager("{ \"strict\": true, \"templates\": { \"a*\": {} }, \"caches\": { \"users\": {} } }");

        manager.createCache("apples", new MutableConfiguration<>());

        assertThat(manager.getCacheNames()).containsExactlyInAnyOrder("apples", "users");
        assertThatThrownBy(() -> manager.createCache("pears", new MutableConfiguration<>()))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("cache \"pears\" has no template");
        assertThat(manager.<Object, Object>getCache("pears")).isNull();
    }

    @Test
    void wrongFileLeavesNothingBehind() {
        Path file = write("caches.json", "{ \"cache\": {} }");

        assertThatThrownBy(() -> provider.getCacheManager(file.toUri(), null)).isInstanceOf(CacheException.class);

        write("caches.json", SHOP);
        assertHasTemplate(provider.getCacheManager(file.toUri(), null));
    }

    @Test
    void everyCacheLogsItsTemplateOnce() {
        CacheManager manager = manager(SHOP);
        manager.createCache("products.de", new MutableConfiguration<>().setStatisticsEnabled(true));
        manager.createCache("other", new MutableConfiguration<>());

        String file = manager.getURI().toString();
        assertThat(logged)
                .containsExactly(
                        "INFO cache \"users\": declared in " + file + ", no template of " + file + " matches",
                        "INFO cache \"products.de\": template \"products*\" of " + file + "; the code says statistics",
                        "INFO cache \"other\": no template of " + file + " matches");
    }

    /** A template for all caches says how those load that do; a framework makes others, and knows nothing of it. */
    @Test
    void cacheWithoutLoaderDoesWithoutTheSettingsOfLoadsOfItsTemplateAndSaysSoOnce() {
        CacheManager manager = manager("""
                {
                  "templates": { "*": { "expireAfterWrite": "1h", "staleIfError": "10m", "hardTimeout": "1s" } }
                }
                """);

        manager.createCache("users", new MutableConfiguration<>());

        String file = manager.getURI().toString();
        assertThat(logged)
                .containsExactly("INFO cache \"users\": template \"*\" of " + file
                        + "; it has no loader, and so does without staleIfError, hardTimeout");
        assertThat(EffectiveConfiguration.of(manager).describe())
                .contains("    staleIfError                                  left out, as there is no loader:"
                        + " templates.\"*\".staleIfError, line 2");
    }

    @Test
    void settingOfLoadsThatTheFileSaysOfACacheWithoutLoaderIsRefused() {
        assertThatThrownBy(() -> manager("{ \"caches\": { \"users\": { \"negativeTtl\": \"1s\" } } }"))
                .hasStackTraceContaining("cache \"users\": negativeTtl PT1S needs a loader; set one");
    }

    @Test
    void effectiveConfigurationTellsValuesAndTheirOrigin() {
        CacheManager manager = manager("""
                {
                  "defaults":  { "expireAfterWrite": "1h" },
                  "templates": { "products*": { "maximumSize": "10_000" } }
                }
                """);
        manager.createCache("products.de", new MutableConfiguration<>().setStatisticsEnabled(true));
        manager.createCache("gone", new MutableConfiguration<>()).close();

        assertThat(EffectiveConfiguration.of(manager).describe())
                .isEqualToNormalizingNewlines("""
                        %s

                        cache "products.de": template "products*"
                            store                heap                     default
                            maximumSize          "10_000"                 templates."products*".maximumSize, line 3
                            onStoreFailure       degrade if shared        default
                            maxStale             no bound                 default
                            storeDeadline        1s                       default
                            expireAfterWrite     "1h"                     defaults.expireAfterWrite, line 2
                            jitter               0                        default
                            codec                auto                     default
                            allow                none                     default
                            jacksonModules       none                     default
                            compress             false                    default
                            storeByReference     false                    default
                            loader               none                     default
                            readThrough          if loader is set         default
                            maxLoads             no bound                 default
                            maxWaitingLoads      1000                     default
                            maxLoadWait          10s                      default
                            coalesceLoads        none                     default
                            maxCoalescedLoads    100                      default
                            negativeTtl          not remembered           default
                            exceptionTtl         not remembered           default
                            staleWhileRevalidate not at all               default
                            staleIfError         not at all               default
                            staleIfErrorBackoff  1s                       default
                            hardTimeout          no bound                 default
                            softTimeout          no shorter               default
                            refreshAhead         not at all               default
                            earlyRefresh         not at all               default
                            writer               none                     default
                            writeThrough         if writer is set         default
                            management           false                    default
                            statistics                                    said by the code
                        """.formatted(manager.getURI()));
    }

    @Test
    void loaderOfTheFileLoads() {
        CacheManager manager = manager("""
                { "caches": { "words": { "loader": "dev.larder.jcache.internal.config.TestLoader" } } }
                """);

        assertThat(manager.<String, String>getCache("words").get("ada")).isEqualTo("ADA");
    }

    /** Says with each value how long it lives, and its tag. */
    public static final class DecidingLoader implements LoaderWithMetadata<String, String> {
        @Override
        public Loaded<String> loadWithMetadata(String key) {
            return Loaded.of(key + "!").withTags("words");
        }
    }

    @Test
    void loaderOfTheFileMayDecideOnTags() {
        CacheManager manager =
                manager("{ \"caches\": { \"words\": { \"loader\": \"" + DecidingLoader.class.getName() + "\" } } }");
        LarderCache<String, String> words = LarderCache.of(manager.getCache("words"));

        assertThat(words.get("ada")).isEqualTo("ada!");
        words.invalidateTag("words");

        assertThat(words.containsKey("ada")).isFalse();
    }

    @Test
    void writerOfTheFileWrites() {
        TestWriter.WRITTEN.clear();
        CacheManager manager = manager("""
                { "caches": { "words": { "writer": "dev.larder.jcache.internal.config.TestWriter" } } }
                """);

        manager.<String, String>getCache("words").put("ada", "Lovelace");

        assertThat(TestWriter.WRITTEN).containsExactly("ada=Lovelace");
    }

    /** A loader that looks for another cache of its manager while the manager is being made. */
    public static final class CuriousLoader implements javax.cache.integration.CacheLoader<String, String> {

        static LarderCachingProvider provider;
        static URI uri;

        private final CacheManager manager = provider.getCacheManager(uri, null);

        @Override
        public String load(String key) {
            return String.valueOf(manager.getURI());
        }

        @Override
        public java.util.Map<String, String> loadAll(Iterable<? extends String> keys) {
            return java.util.Map.of();
        }
    }

    @Test
    void loaderMayAskForItsOwnManager() {
        URI uri = write(
                        "caches.json",
                        "{ \"caches\": { \"c\": { \"loader\": \"" + CuriousLoader.class.getName() + "\" } } }")
                .toUri();
        CuriousLoader.provider = provider;
        CuriousLoader.uri = uri;

        CacheManager manager = provider.getCacheManager(uri, null);

        assertThat(manager.<String, String>getCache("c").get("k")).isEqualTo(uri.toString());
    }

    @SuppressWarnings("unchecked") // the class has no type arguments
    private static <K, V> CacheSettings<K, V> settings(Cache<K, V> cache) {
        return cache.getConfiguration(CacheSettings.class);
    }

    private CacheManager manager(String json) {
        return provider.getCacheManager(write("caches.json", json).toUri(), null);
    }

    private ClassLoader classLoader() {
        try {
            return new URLClassLoader(
                    new URL[] {directory.toUri().toURL()}, getClass().getClassLoader());
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }

    private Path write(String name, String text) {
        try {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
