package dev.larder.jcache.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Set;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoresOfAFileTest {

    private static final ConfigurationText FILE = ConfigurationText.json("""
            {
              "stores": {
                "attic":  { "drawer": { "path": "drawer://app:hush@attic", "combination": "1-2-3" } },
                "cellar": { "drawer": { "path": "/cellar" } },
                "unused": { "drawer": { "path": "/stuck" } },
                "pile":   { "heap": {} }
              },
              "templates": {
                "a*": { "store": "attic" },
                "c*": { "store": "cellar" },
                "p*": { "store": "pile", "maximumSize": 10 }
              }
            }
            """);

    @BeforeEach
    void forget() {
        DrawerStoreProvider.LOG.clear();
    }

    @Test
    void storeIsOpenedOnceWhenFirstWantedAndClosedWithTheManager() {
        FileConfiguration configuration = FILE.read();

        assertThat(DrawerStoreProvider.LOG).isEmpty();

        settingsOf(configuration, "apples");
        settingsOf(configuration, "apricots");
        settingsOf(configuration, "cherries");
        settingsOf(configuration, "plums");

        assertThat(DrawerStoreProvider.LOG).containsExactly("open drawer://app:hush@attic", "open /cellar");

        configuration.close();

        assertThat(DrawerStoreProvider.LOG).hasSize(4).contains("close drawer://app:hush@attic", "close /cellar");
    }

    @Test
    void closedStoreIsNotOpenedAgain() {
        FileConfiguration configuration = FILE.read();
        configuration.close();

        assertThatThrownBy(() -> settingsOf(configuration, "apples"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("store \"attic\" is closed, because its manager is");
    }

    @Test
    void descriptionHidesSecrets() {
        assertThat(FILE.read().describe(Set.of()))
                .contains("store \"attic\": drawer")
                .contains("path                 \"drawer://***@attic\"     line 3")
                .contains("combination          ***                      line 3")
                .doesNotContain("hush", "1-2-3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ \"stores\": { \"attic\": { \"drawer\": { \"access\": { \"password\": hush } } } } }",
                "{ \"stores\": { \"attic\": { \"drawer\": { \"path\": \"drawer://app:hush@over there\" } } } }",
                "{ \"stores\": { \"attic\": { \"drawer\": { \"path\": \"/a\", \"combination\": [ \"hush\" ] } } } }",
                "{ \"stores\": { \"attic\": { \"drawer\": { \"path\": \"/a\", \"access\": { \"password\": \"hush\" }, } } } }"
            })
    void nothingOfAnErrorTellsASecret(String json) {
        Throwable error = catchThrowable(ConfigurationText.json(json)::read);

        assertThat(error).isInstanceOf(CacheException.class);
        assertThat(error).asString().doesNotContain("hush");
        assertThatStackTraceOf(error).doesNotContain("hush");
    }

    private static AbstractStringAssert<?> assertThatStackTraceOf(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return assertThat(text.toString());
    }

    @Test
    void yamlIsNotQuotedInErrors() {
        Throwable error = catchThrowable(ConfigurationText.yaml("""
                        stores:
                          attic:
                            drawer:
                              access: { password: hush
                             path: /attic
                        """)::read);

        assertThat(error).isInstanceOf(CacheException.class).hasMessageContaining("cannot be parsed");
        assertThatStackTraceOf(error).doesNotContain("hush");
    }

    @Test
    void everySchemaNamesTheComponentsOfItsRecord() {
        StoreProviders providers = new StoreProviders(ConfigurationText.LOADER);

        assertThat(providers.types()).contains("heap", "drawer");
        assertThat(providers.types()).allSatisfy(type -> {
            Node.Table schema = Tokens.read(type, providers.get(type).schema());
            assertThat(Shape.table(schema.get("properties")).entries().keySet())
                    .containsExactlyElementsOf(
                            Arrays.stream(providers.get(type).settingsType().getRecordComponents())
                                    .map(RecordComponent::getName)
                                    .toList());
        });
    }

    private static void settingsOf(FileConfiguration configuration, String cacheName) {
        configuration.settingsOf(cacheName, new MutableConfiguration<>(), ConfigurationText.LOADER);
    }
}
