package dev.larder.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Injector;
import dev.larder.annotations.CachedProxy;
import dev.larder.annotations.key.ParametersKey;
import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.patterns.session.Session;
import dev.larder.patterns.session.SessionStore;
import dev.larder.store.heap.HeapStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnippetsTest {

    private static final Pattern SNIPPET = Pattern.compile("( *)// snippet: (\\S+)\\n(.*?) *// end\\n", Pattern.DOTALL);

    private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    @AfterEach
    void closeManagers() {
        Caching.getCachingProvider().close();
    }

    record Snippet(String document, String code) {

        static Snippet of(MatchResult match) {
            return new Snippet(
                    match.group(2),
                    match.group(3).replaceAll("(?m)^" + match.group(1), "").strip());
        }
    }

    static Stream<Snippet> snippets() throws IOException {
        String here = "src/test/java/dev/larder/examples/docs";
        return snippets(
                Path.of(here, "Snippets.java"),
                Path.of(here, "PatternSnippets.java"),
                Path.of(here, "AnnotationSnippets.java"),
                Path.of(here, "SessionSnippets.java"),
                // compiled there, with Spring
                Path.of("..", "cache-examples-boot3", here, "SpringSnippets.java"));
    }

    private static Stream<Snippet> snippets(Path... files) throws IOException {
        StringBuilder source = new StringBuilder();
        for (Path file : files) {
            source.append(Files.readString(file));
        }
        return SNIPPET.matcher(source).results().map(Snippet::of);
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void everySnippetStandsInItsDocument(Snippet snippet) throws IOException {
        assertThat(Files.readString(Path.of("..", snippet.document()))).contains(snippet.code());
    }

    @Test
    void thereAreSnippets() throws IOException {
        assertThat(snippets()).hasSizeGreaterThanOrEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/sessions.md", "docs/sessions-servlet.md", "docs/sessions-spring.md"})
    void allJavaOfSessionsIsCompiled(String document) throws IOException {
        String compiled = snippets()
                .filter(snippet -> snippet.document().equals(document))
                .map(Snippet::code)
                .collect(Collectors.joining("\n"));

        assertThat(JAVA.matcher(Files.readString(Path.of("..", document))).results())
                .map(block -> block.group(1).strip())
                .filteredOn(block -> !block.contains("SecurityJacksonModules")) // which only Spring Security 7 has
                .isNotEmpty()
                .allSatisfy(block -> assertThat(compiled).contains(block));
    }

    @Test
    void thoseOfSessionsRun() {
        CacheManager manager = Caching.getCachingProvider().getCacheManager();

        Session session = SessionSnippets.store(manager);

        assertThat(session.attribute("user")).isEqualTo("ann");
        SessionSnippets.settings(SessionStore.in(manager, "other")).build().close();
    }

    @Test
    void thoseOfAnnotationsRun() {
        AnnotationSnippets.Weather weather = AnnotationSnippets.plain();
        assertThat(weather.forecast("oslo")).isEqualTo(weather.forecast("oslo"));

        Injector injector = AnnotationSnippets.guice(binder -> {});
        AnnotationSnippets.Weather injected = injector.getInstance(AnnotationSnippets.WeatherService.class);
        assertThat(injected.forecast("oslo")).isEqualTo(weather.forecast("oslo"));

        AnnotationSnippets.Rates rates = CachedProxy.of(AnnotationSnippets.Rates.class, new Counted());
        assertThat(rates.rate("EUR")).isEqualTo(rates.rate("EUR"));
        CacheManager manager = Caching.getCachingProvider().getCacheManager();
        LarderCache.of(manager.getCache("rates")).invalidateTag("currency:EUR");
        assertThat(rates.rate("EUR")).isEqualTo(new AnnotationSnippets.Rate("EUR", 2));

        Cache<Object, Object> cache = manager.getCache("rates");
        cache.put(ParametersKey.of("berlin", 2026), 1);
        assertThat(AnnotationSnippets.keys(cache, ParametersKey.of("a", 1))).containsExactly("a", 1);
        assertThat(cache.containsKey(ParametersKey.of("berlin", 2026))).isFalse();
    }

    private static final class Counted implements AnnotationSnippets.Rates {

        private int calls;

        @Override
        public AnnotationSnippets.Rate rate(String currency) {
            return new AnnotationSnippets.Rate(currency, ++calls);
        }
    }

    @Test
    void theyRun() {
        CacheManager manager = Caching.getCachingProvider().getCacheManager();

        Snippets.greetings();
        assertThat(manager.<String, String>getCache("greetings").get("hello")).isEqualTo("world");

        assertThat(Snippets.byTheStandard().getName()).isEqualTo("stock");
        manager.destroyCache("stock");

        Cache<String, Integer> stock = Snippets.withSettings(manager);
        assertThat(Snippets.beyond(stock)).isEqualTo(1);
        assertThat(stock.containsKey("apples")).isFalse();

        Snippets.ttls(stock, "plums", 7);
        assertThat(stock.get("plums")).isEqualTo(7);

        CacheSettings.Builder<String, Snippets.Page> pages = CacheSettings.builder(String.class, Snippets.Page.class);
        Cache<String, Snippets.Page> cache = manager.createCache(
                "pages",
                pages.loader(Snippets.deciding(path -> new Snippets.Page("of " + path, 4711)))
                        .build());
        assertThat(cache.get("/shoes").text()).isEqualTo("of /shoes");
        Snippets.tags(cache, "/hats", new Snippets.Page("hats", 12));
        assertThat(cache.containsKey("/shoes")).isFalse();
        assertThat(cache.containsKey("/hats")).isTrue();

        assertThat(Snippets.sharedStore(HeapStore.unbounded()).getMaxStale()).isEqualTo(Duration.ofMinutes(5));
        assertThat(Snippets.effective(manager)).isEqualTo("no configuration file: the code decides\n");
        Snippets.ShelfProvider shelves = new Snippets.ShelfProvider();
        assertThat(shelves.open(new Snippets.ShelfProvider.Settings(null, null)).stores())
                .isEqualTo(HeapStore.unbounded());
    }
}
