package dev.larder.jcache.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.CacheSettings;
import dev.larder.store.heap.HeapStore;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheException;
import javax.cache.expiry.ModifiedExpiryPolicy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverridesTest {

    private ConfigurationText file;

    @BeforeEach
    void newFile() {
        file = ConfigurationText.json("""
                {
                  "stores": { "attic": { "drawer": { "path": "/attic", "access": { "user": "app", "attempts": 3 } } } },
                  "templates": {
                    "*":         { "maximumSize": 1, "statistics": true },
                    "products*": { "maximumSize": 2, "expireAfterWrite": "1h" }
                  },
                  "caches": { "users": {} }
                }
                """);
    }

    @Test
    void changesOneLeafAndNotItsNeighbours() {
        CacheSettings<?, ?> settings = file.variable("LARDER_TEMPLATES_PRODUCTS_ANY_MAXIMUM_SIZE", "20")
                .settingsOf("products");

        assertThat(settings.getStoreFactory()).isEqualTo(HeapStore.ofMaximumSize(20));
        assertThat(settings.getExpiryPolicyFactory())
                .isEqualTo(ModifiedExpiryPolicy.factoryOf(
                        new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, 3_600_000)));
        assertThat(file.settingsOf("other").getStoreFactory()).isEqualTo(HeapStore.ofMaximumSize(1));
    }

    @Test
    void addsALeaf() {
        file.variable("LARDER_TEMPLATES_ANY_STORE_BY_REFERENCE", "true");

        assertThat(file.settingsOf("other").isStoreByValue()).isFalse();
        assertThat(file.settingsOf("products").isStoreByValue()).isTrue();
    }

    @Test
    void reachesDefaultsThatTheFileDoesNotHave() {
        assertThat(file.variable("LARDER_DEFAULTS_MANAGEMENT", "true")
                        .settingsOf("products")
                        .isManagementEnabled())
                .isTrue();
    }

    @Test
    void reachesCachesAndWhatTheyExtend() {
        file.variable("LARDER_CACHES_USERS_EXTENDS", "products*").variable("LARDER_CACHES_USERS_STATISTICS", "true");

        assertThat(file.settingsOf("users").getStoreFactory()).isEqualTo(HeapStore.ofMaximumSize(2));
        assertThat(file.settingsOf("users").isStatisticsEnabled()).isTrue();
    }

    @Test
    void reachesTheSettingsOfStores() {
        file.variable("LARDER_STORES_ATTIC_DRAWER_ACCESS_PASSWORD", "hush")
                .variable("LARDER_STORES_ATTIC_DRAWER_ACCESS_ATTEMPTS", "5");

        FileConfiguration configuration = file.read();

        assertThat(configuration.describe(java.util.Set.of()))
                .contains("access.user          \"app\"")
                .contains("access.password      ***                      environment variable")
                .contains("access.attempts      \"5\"")
                .doesNotContain("hush");
    }

    @Test
    void switchesStrictOn() {
        FileConfiguration configuration =
                ConfigurationText.json("{}").variable("LARDER_STRICT", "true").read();

        assertThatThrownBy(() -> configuration.settingsOf(
                        "any", new javax.cache.configuration.MutableConfiguration<>(), ConfigurationText.LOADER))
                .isInstanceOf(CacheException.class)
                .hasMessageStartingWith("larder.json, environment variable LARDER_STRICT: strict: cache \"any\"");
    }

    @Test
    void otherVariablesMayBeginAlike() {
        file.variable("LARDER_HOME", "/opt/larder")
                .variable("LARDER_SERVICE_PORT", "8080")
                .variable("LARDER_TEMPLATE", "x")
                .variable("LARDER", "y");

        assertThat(file.settingsOf("other").isStatisticsEnabled()).isTrue();
    }

    @Test
    void fileMayHaveAPrefixOfItsOwn() {
        ConfigurationText orders = ConfigurationText.json("""
                { "environmentPrefix": "ORDERS", "defaults": { "statistics": false } }
                """);
        orders.variable("ORDERS_DEFAULTS_STATISTICS", "true").variable("LARDER_TEMPLATES_NOT_OURS", "true");

        assertThat(orders.settingsOf("any").isStatisticsEnabled()).isTrue();
    }

    @Test
    void placeholdersInAVariableAreNotReplaced() {
        file.variable("LARDER_DEFAULTS_EXPIRE_AFTER_WRITE", "${env:HOME}");

        assertThatThrownBy(file::read).hasMessageContaining("\"${env:HOME}\" is not a duration");
    }

    @ParameterizedTest
    @CsvSource({
        "expireAfterWrite, EXPIRE_AFTER_WRITE",
        "products*, PRODUCTS_ANY",
        "*, ANY",
        "*.de, ANY_DE",
        "a*b, A_ANY_B",
        "com.acme.Product, COM_ACME_PRODUCT",
        "productByCode2, PRODUCT_BY_CODE2",
        "user-names, USER_NAMES",
        "größe, GRÖSSE",
        "--, ''"
    })
    void wordsMakeTheName(String key, String name) {
        assertThat(VariableName.of(KeyPath.of(key))).isEqualTo(name);
    }
}
