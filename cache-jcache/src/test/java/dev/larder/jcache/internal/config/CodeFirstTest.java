package dev.larder.jcache.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.CacheSettings;
import dev.larder.store.guard.OnStoreFailure;
import dev.larder.store.heap.HeapStore;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import org.junit.jupiter.api.Test;

/** What the code says wins over the file, as far as one can tell that it says it. */
class CodeFirstTest {

    private static final String LOADER = "dev.larder.jcache.internal.config.TestLoader";
    private static final String WRITER = "dev.larder.jcache.internal.config.TestWriter";

    private static final ConfigurationText ALL = ConfigurationText.json("""
            {
              "templates": {
                "*": {
                  "maximumSize": 100,
                  "expireAfterWrite": "1h",
                  "storeByReference": true,
                  "onStoreFailure": "fail",
                  "maxStale": "2h",
                  "storeDeadline": "300ms",
                  "statistics": true,
                  "management": true,
                  "loader": "%s",
                  "writer": "%s"
                }
              }
            }
            """.formatted(LOADER, WRITER));

    private static final ConfigurationText SWITCHED_OFF = ConfigurationText.json("""
            {
              "defaults": {
                "storeByReference": false, "statistics": false, "management": false,
                "readThrough": false, "writeThrough": false
              }
            }
            """);

    private static final ConfigurationText NOTHING = ConfigurationText.json("{}");

    @Test
    void plainConfigurationGetsEverything() {
        CacheSettings<Object, Object> settings = ALL.settingsOf("any");

        assertThat(settings.getStoreFactory()).isEqualTo(HeapStore.ofMaximumSize(100));
        assertThat(settings.getExpiryPolicyFactory())
                .isEqualTo(ModifiedExpiryPolicy.factoryOf(
                        new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, 3_600_000)));
        assertThat(settings.getOnStoreFailure()).isEqualTo(OnStoreFailure.FAIL);
        assertThat(settings.getMaxStale()).isEqualTo(Duration.ofHours(2));
        assertThat(settings.getStoreDeadline()).isEqualTo(Duration.ofMillis(300));
        assertThat(settings.isStoreByValue()).isFalse();
        assertThat(settings.isStatisticsEnabled()).isTrue();
        assertThat(settings.isManagementEnabled()).isTrue();
        assertThat(settings.isReadThrough()).isTrue();
        assertThat(settings.isWriteThrough()).isTrue();
        assertThat(settings.getCacheLoaderFactory().create()).isInstanceOf(TestLoader.class);
        assertThat(settings.getCacheWriterFactory().create()).isInstanceOf(TestWriter.class);
    }

    @Test
    void typesAreTheCodes() {
        CacheSettings<String, Integer> settings = ALL.settingsOf(
                "any", new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class));

        assertThat(settings.getKeyType()).isEqualTo(String.class);
        assertThat(settings.getValueType()).isEqualTo(Integer.class);
    }

    @Test
    void whatDiffersFromTheStandardsDefaultWasSaid() {
        MutableConfiguration<Object, Object> asked = new MutableConfiguration<>()
                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.ONE_DAY))
                .setStoreByValue(false)
                .setStatisticsEnabled(true)
                .setManagementEnabled(true);

        CacheSettings<Object, Object> settings = SWITCHED_OFF.settingsOf("any", asked);

        assertThat(settings.getExpiryPolicyFactory())
                .isEqualTo(CreatedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.ONE_DAY));
        assertThat(settings.isStoreByValue()).isFalse();
        assertThat(settings.isStatisticsEnabled()).isTrue();
        assertThat(settings.isManagementEnabled()).isTrue();
    }

    @Test
    void loaderAndWriterOfTheCodeStay() {
        TestLoader loader = new TestLoader();
        TestWriter writer = new TestWriter();
        MutableConfiguration<String, String> asked = new MutableConfiguration<String, String>()
                .setCacheLoaderFactory(new FactoryBuilder.SingletonFactory<>(loader))
                .setReadThrough(true)
                .setCacheWriterFactory(new FactoryBuilder.SingletonFactory<>(writer))
                .setWriteThrough(true);

        CacheSettings<String, String> settings = SWITCHED_OFF.settingsOf("any", asked);

        assertThat(settings.getCacheLoaderFactory().create()).isSameAs(loader);
        assertThat(settings.getCacheWriterFactory().create()).isSameAs(writer);
        assertThat(settings.isReadThrough()).isTrue();
        assertThat(settings.isWriteThrough()).isTrue();
    }

    @Test
    void readThroughOfTheCodeMayUseTheLoaderOfTheFile() {
        CacheSettings<Object, Object> settings = ALL.settingsOf(
                "any", new MutableConfiguration<>().setReadThrough(true).setWriteThrough(true));

        assertThat(settings.isReadThrough()).isTrue();
        assertThat(settings.getCacheLoaderFactory().create()).isInstanceOf(TestLoader.class);
        assertThat(settings.getCacheWriterFactory().create()).isInstanceOf(TestWriter.class);
    }

    @Test
    void everythingSaidWithSettingsWinsEvenIfItIsTheDefault() {
        CacheSettings<Object, Object> asked = CacheSettings.builder(Object.class, Object.class)
                .store(HeapStore.unbounded())
                .expiryPolicy(EternalExpiryPolicy.factoryOf())
                .storeByReference(false)
                .statistics(false)
                .management(false)
                .readThrough(false)
                .writeThrough(false)
                .build();

        CacheSettings<Object, Object> settings = ALL.settingsOf("any", asked);

        assertThat(settings.getStoreFactory()).isEqualTo(HeapStore.unbounded());
        assertThat(settings.getExpiryPolicyFactory()).isEqualTo(EternalExpiryPolicy.factoryOf());
        assertThat(settings.isStoreByValue()).isTrue();
        assertThat(settings.isStatisticsEnabled()).isFalse();
        assertThat(settings.isManagementEnabled()).isFalse();
        assertThat(settings.isReadThrough()).isFalse();
        assertThat(settings.isWriteThrough()).isFalse();
        assertThat(settings.getCacheLoaderFactory().create())
                .as("only whether it is used was said")
                .isInstanceOf(TestLoader.class);
    }

    @Test
    void settingsThatSayLittleGetTheRest() {
        CacheSettings<Object, Object> asked = CacheSettings.builder(Object.class, Object.class)
                .expireAfterCreation(Duration.ofMinutes(1))
                .build();

        CacheSettings<Object, Object> settings = ALL.settingsOf("any", asked);

        assertThat(settings.getStoreFactory()).isEqualTo(HeapStore.ofMaximumSize(100));
        assertThat(settings.getExpiryPolicyFactory()).isEqualTo(asked.getExpiryPolicyFactory());
    }

    @Test
    void boundOfTheCodeTakesThePlaceOfTheFilesStore() {
        CacheSettings<Object, Object> asked =
                CacheSettings.builder(Object.class, Object.class).maximumSize(5).build();

        assertThat(ALL.settingsOf("any", asked).getStoreFactory()).isEqualTo(HeapStore.ofMaximumSize(5));
    }

    @Test
    void explicitSettingsAreKeptByCopies() {
        CacheSettings<Object, Object> asked = CacheSettings.builder(Object.class, Object.class)
                .statistics(false)
                .build();

        CacheSettings<Object, Object> copy = asked.toBuilder().build();

        assertThat(copy.toBuilder().explicitSettings()).containsExactly("statistics");
        assertThat(ALL.settingsOf("any", copy).isStatisticsEnabled()).isFalse();
    }

    @Test
    void emptyFileChangesNothing() {
        MutableConfiguration<Object, Object> plain = new MutableConfiguration<>();

        assertThat(new MutableConfiguration<>(NOTHING.settingsOf("any", plain))).isEqualTo(plain);
    }
}
