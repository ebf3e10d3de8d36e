package dev.larder.jcache.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.CacheSettings;
import dev.larder.store.heap.HeapStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.cache.configuration.Factory;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplatesTest {

    private static final ConfigurationText SHOP = ConfigurationText.json("""
            {
              "defaults":  { "statistics": true, "expireAfterWrite": "1h" },
              "templates": {
                "*":            { "maximumSize": 1 },
                "products*":    { "maximumSize": 2 },
                "*.de":         { "maximumSize": 3 },
                "products*.de": { "maximumSize": 4 },
                "products.de":  { "maximumSize": 5 },
                "short":        { "expireAfterAccess": "10s", "management": true },
                "users*":       { "extends": "short", "management": false }
              },
              "caches": {
                "products.fr": { "statistics": false },
                "users":       { "extends": "products*" }
              }
            }
            """);

    @ParameterizedTest
    @CsvSource({
        "orders, 1",
        "products, 2",
        "products.uk, 2",
        "orders.de, 3",
        "products.at.de, 4",
        "products.de, 5",
        "products.fr, 2",
        "users, 2"
    })
    void longestMatchWins(String cacheName, long maximumSize) {
        assertThat(SHOP.settingsOf(cacheName).getStoreFactory()).isEqualTo(HeapStore.ofMaximumSize(maximumSize));
    }

    @Test
    void defaultsAreUnderTemplates() {
        CacheSettings<?, ?> settings = SHOP.settingsOf("products");

        assertThat(settings.isStatisticsEnabled()).isTrue();
        assertThat(settings.getExpiryPolicyFactory()).isEqualTo(modified(Duration.ofHours(1)));
    }

    @Test
    void templateGetsWhatItExtends() {
        CacheSettings<?, ?> settings = SHOP.settingsOf("users.online");

        assertThat(settings.isManagementEnabled()).isFalse();
        assertThat(settings.getExpiryPolicyFactory())
                .isEqualTo(AccessedExpiryPolicy.factoryOf(standard(Duration.ofSeconds(10))));
        assertThat(settings.getStoreFactory())
                .as("what it does not extend does not count")
                .isEqualTo(HeapStore.unbounded());
    }

    @Test
    void cacheIsOverItsTemplate() {
        assertThat(SHOP.settingsOf("products.fr").isStatisticsEnabled()).isFalse();
    }

    private static final ConfigurationText SPARING = ConfigurationText.json("""
            {
              "defaults":  { "exceptionTtl": "1s" },
              "templates": { "*": { "expireAfterWrite": "1h", "staleIfError": "10m", "maxLoads": 7 } },
              "caches": {
                "said":   { "negativeTtl": "5s" },
                "loaded": { "loader": "dev.larder.jcache.internal.config.TestLoader" }
              }
            }
            """);

    @Test
    void inheritedSettingsOfLoadsAreForCachesThatLoad() {
        CacheSettings<?, ?> settings = SPARING.settingsOf("any");

        assertThat(settings.getMaxLoads()).isNull();
        assertThat(settings.getLoadSettings().getStaleIfError()).isNull();
        assertThat(settings.getLoadSettings().getExceptionTtl()).isNull();
        assertThat(settings.getExpiryPolicyFactory()).isEqualTo(modified(Duration.ofHours(1)));
    }

    @Test
    void inheritedSettingsOfLoadsCountWhereFileOrCodeNamesALoader() {
        MutableConfiguration<String, String> withLoader = new MutableConfiguration<String, String>()
                .setCacheLoaderFactory(new FactoryBuilder.SingletonFactory<>(new TestLoader()))
                .setReadThrough(true);

        for (CacheSettings<?, ?> settings :
                List.of(SPARING.settingsOf("loaded"), SPARING.settingsOf("any", withLoader))) {
            assertThat(settings.getMaxLoads()).isEqualTo(7);
            assertThat(settings.getLoadSettings().getStaleIfError()).isEqualTo(Duration.ofMinutes(10));
            assertThat(settings.getLoadSettings().getExceptionTtl()).isEqualTo(Duration.ofSeconds(1));
        }
    }

    /** For the cache to refuse: whoever says it of this very cache forgot the loader. */
    @Test
    void settingOfLoadsThatACacheSaysItselfStays() {
        CacheSettings<?, ?> settings = SPARING.settingsOf("said");

        assertThat(settings.getLoadSettings().getNegativeTtl()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.getLoadSettings().getExceptionTtl()).isNull();
    }

    @Test
    void nearerExpiryTakesThePlaceOfAnother() {
        ConfigurationText text = ConfigurationText.json("""
                {
                  "defaults":  { "expireAfterWrite": "1h" },
                  "templates": { "*": { "expireAfterTouch": "never" } }
                }
                """);

        assertThat(text.settingsOf("any").getExpiryPolicyFactory()).isEqualTo(EternalExpiryPolicy.factoryOf());
    }

    @ParameterizedTest
    @CsvSource({
        "expireAfterWrite, 90m",
        "expireAfterCreation, 1h30m",
        "expireAfterAccess, PT1H30M",
        "expireAfterTouch, 5400s"
    })
    void everyKindOfExpiryCanBeSaid(String key, String duration) {
        ConfigurationText text = ConfigurationText.json("{ \"defaults\": { \"" + key + "\": \"" + duration + "\" } }");

        javax.cache.expiry.Duration ninetyMinutes = standard(Duration.ofMinutes(90));
        Factory<ExpiryPolicy> expected = switch (key) {
            case "expireAfterWrite" -> ModifiedExpiryPolicy.factoryOf(ninetyMinutes);
            case "expireAfterCreation" -> CreatedExpiryPolicy.factoryOf(ninetyMinutes);
            case "expireAfterAccess" -> AccessedExpiryPolicy.factoryOf(ninetyMinutes);
            default -> TouchedExpiryPolicy.factoryOf(ninetyMinutes);
        };
        assertThat(text.settingsOf("any").getExpiryPolicyFactory()).isEqualTo(expected);
    }

    @Test
    void inheritedBoundIsNotForStoresWithoutBound() {
        ConfigurationText text = ConfigurationText.json("""
                {
                  "defaults":  { "maximumSize": "10_000" },
                  "stores":    { "attic": { "drawer": { "path": "/attic" } } },
                  "templates": { "old*": { "store": "attic" } }
                }
                """);

        assertThat(text.settingsOf("older").getStoreFactory()).isEqualTo(HeapStore.unbounded());
        assertThat(text.settingsOf("new").getStoreFactory()).isEqualTo(HeapStore.ofMaximumSize(10_000));
    }

    @Test
    void yamlSaysTheSame() {
        ConfigurationText text = ConfigurationText.yaml("""
                templates:
                  "products*":
                    maximumSize: 10_000
                    expireAfterWrite: 1h
                    storeByReference: true
                """);

        CacheSettings<?, ?> settings = text.settingsOf("products");

        assertThat(settings.getStoreFactory()).isEqualTo(HeapStore.ofMaximumSize(10_000));
        assertThat(settings.getExpiryPolicyFactory()).isEqualTo(modified(Duration.ofHours(1)));
        assertThat(settings.isStoreByValue()).isFalse();
    }

    @Test
    void placeholdersAreReplaced() {
        ConfigurationText text = ConfigurationText.json("""
                {
                  "defaults": {
                    "maximumSize": "${env:SIZE}",
                    "expireAfterWrite": "${sys:hours:-2}h${env:MINUTES:-}",
                    "statistics": "${sys:statistics:-true}"
                  }
                }
                """);

        CacheSettings<?, ?> settings =
                text.variable("SIZE", "7").property("hours", "1").settingsOf("any");

        assertThat(settings.getStoreFactory()).isEqualTo(HeapStore.ofMaximumSize(7));
        assertThat(settings.getExpiryPolicyFactory()).isEqualTo(modified(Duration.ofHours(1)));
        assertThat(settings.isStatisticsEnabled()).isTrue();
    }

    private static Factory<ExpiryPolicy> modified(Duration duration) {
        return ModifiedExpiryPolicy.factoryOf(standard(duration));
    }

    private static javax.cache.expiry.Duration standard(Duration duration) {
        return new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, duration.toMillis());
    }
}
