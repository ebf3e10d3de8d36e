package dev.larder.conformance.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.codec.ValueType;
import dev.larder.codec.frame.CodecSettings;
import dev.larder.codec.frame.CodecSettings.Format;
import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.provider.LarderCachingProvider;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.store.heap.HeapStore;
import dev.larder.testkit.ForwardingStore;
import java.io.Serial;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.cache.CacheManager;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two releases of an application, in which a class has two shapes, use one cache on one server at a time: nothing is thrown, and what one cannot read is a miss. */
@Timeout(600)
class TwoReleasesTest {

    private static final boolean STRESS = Boolean.getBoolean("larder.stress");
    private static final int OPERATIONS = STRESS ? 20_000 : 1_000;
    private static final int THREADS_OF_EACH = 2;

    /** Only a machine that is busy takes so long. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String OLD =
            "public record Cart(String owner, int articles) { public static Cart of(int i) { return new Cart(\"o\" + i, i); } }";

    /** As the old one, and more. */
    private static final String GROWN = "public record Cart(String owner, int articles, String note) {"
            + " public static Cart of(int i) { return new Cart(\"o\" + i, i, \"new\"); } }";

    /** What was a number is a list, without which there is no cart. */
    private static final String ANOTHER = "public record Cart(String owner, List<String> articles) {"
            + " public Cart { Objects.requireNonNull(articles); }"
            + " public static Cart of(int i) { return new Cart(\"o\" + i, List.of(\"a\" + i)); } }";

    private static final String OLD_CLASS = serializable("int articles", "i");
    private static final String ANOTHER_CLASS = serializable("String articles", "\"a\" + i");

    private static String serializable(String field, String value) {
        String name = field.split(" ", -1)[1];
        return "public class Cart implements java.io.Serializable { private static final long serialVersionUID = 1L;"
                + " public " + field + "; public static Cart of(int i) { Cart cart = new Cart(); cart." + name + " = "
                + value
                + "; return cart; }"
                + " @Override public boolean equals(Object o) { return o instanceof Cart c && Objects.equals(c." + name
                + ", "
                + name + "); } @Override public int hashCode() { return Objects.hashCode(" + name + "); } }";
    }

    private static RedisCaches caches;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        caches = new RedisCaches();
    }

    @AfterAll
    static void stop() {
        caches.close();
    }

    /** How values are written, and the class before and after. */
    static List<Arguments> changes() {
        return List.of(Arguments.of(Format.JSON, OLD, ANOTHER), Arguments.of(Format.JAVA, OLD_CLASS, ANOTHER_CLASS));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void whatTheOtherWroteIsAMiss(Format format, String before, String after) throws Exception {
        Release old = Release.compile(folder.resolve("old"), before);
        Release young = Release.compile(folder.resolve("young"), after);
        LarderCache<String, Object> ofOld = open(format.name(), format, old);
        LarderCache<String, Object> ofYoung = open(format.name(), format, young);

        useAtATime(old, ofOld, young, ofYoung);

        assertThat(Stream.of(old.met(), young.met())).allMatch(met -> met > OPERATIONS / 100);
        ofOld.put("k", old.cart(1));
        long misses = misses(ofYoung);
        assertThat(ofYoung.get("k")).isNull();
        assertThat(misses(ofYoung)).isEqualTo(misses + 1);
        ofYoung.put("k", young.cart(1));
        assertThat(ofYoung.get("k")).isEqualTo(young.cart(1));
        assertThat(ofOld.get("k")).isNull();
        System.getLogger(getClass().getName())
                .log(Level.INFO, "{0}: {1} and {2} misses", format, misses(ofOld), misses(ofYoung));
    }

    @Test
    void whatTheOtherWroteIsReadIfItHasAllThatIsNeeded() throws Exception {
        Release old = Release.compile(folder.resolve("old"), OLD);
        Release young = Release.compile(folder.resolve("young"), GROWN);
        LarderCache<String, Object> ofOld = open("grown", Format.JSON, old);
        LarderCache<String, Object> ofYoung = open("grown", Format.JSON, young);

        useAtATime(old, ofOld, young, ofYoung);

        ofYoung.put("k", young.cart(1));
        assertThat(ofOld.get("k")).isEqualTo(old.cart(1));
    }

    private static void useAtATime(
            Release old, LarderCache<String, Object> ofOld, Release young, LarderCache<String, Object> ofYoung)
            throws Exception {
        Member.inThreads(2 * THREADS_OF_EACH, thread -> {
            Random random = new Random(thread);
            if (thread % 2 == 0) {
                old.use(ofOld, random, OPERATIONS);
            } else {
                young.use(ofYoung, random, OPERATIONS);
            }
        });
    }

    /** The tooth: a store that hands one release the objects of the other. */
    @Test
    void aStoreThatHandsOutWhatItHasIsFoundOut() throws Exception {
        Release old = Release.compile(folder.resolve("old"), OLD);
        Release young = Release.compile(folder.resolve("young"), ANOTHER);
        SameObjects objects =
                new SameObjects(HeapStore.unbounded().open(StoreContext.of("objects", Object.class, Object.class)));
        try (LarderCachingProvider provider = new LarderCachingProvider()) {
            CacheManager manager = provider.getCacheManager();
            LarderCache<String, Object> ofOld = LarderCache.of(manager.createCache("old", settings(old, objects)));
            LarderCache<String, Object> ofYoung =
                    LarderCache.of(manager.createCache("young", settings(young, objects)));

            assertThatThrownBy(() -> useAtATime(old, ofOld, young, ofYoung))
                    .hasRootCauseInstanceOf(AssertionError.class);
        }
    }

    private static CacheSettings<String, Object> settings(Release release, StoreFactory stores) {
        return CacheSettings.builder(String.class, release.type()).store(stores).build();
    }

    private static LarderCache<String, Object> open(String name, Format format, Release release) {
        Class<Object> type = release.type();
        return caches.open(
                name,
                String.class,
                type,
                all -> all.statistics(true)
                        .storeDeadline(PATIENCE)
                        .codecs(codecs -> CodecSettings.builder(ValueType.of(String.class), ValueType.of(type))
                                .format(format)
                                .allow(type)));
    }

    private static long misses(LarderCache<?, ?> cache) throws JMException {
        ObjectName bean = new ObjectName("javax.cache:type=CacheStatistics,CacheManager="
                + cache.getCacheManager().getURI().toString().replace(':', '.') + ",Cache=" + cache.getName());
        return (Long) ManagementFactory.getPlatformMBeanServer().getAttribute(bean, "CacheMisses");
    }

    /** Opens one and the same store for all caches, as it is. */
    private static final class SameObjects implements StoreFactory {

        @Serial
        private static final long serialVersionUID = 1L;

        private final transient Store<Object, Object> objects;

        SameObjects(Store<Object, Object> objects) {
            this.objects = objects;
        }

        @Override
        @SuppressWarnings("unchecked") // which is what is wrong with it
        public <K, V> Store<K, V> open(StoreContext<K, V> context) {
            return new ForwardingStore<>((Store<K, V>) objects) {};
        }
    }
}
