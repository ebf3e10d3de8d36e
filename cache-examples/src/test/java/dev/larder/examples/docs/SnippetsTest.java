package dev.larder.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.CacheSettings;
import dev.larder.store.heap.HeapStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SnippetsTest {

    private static final Pattern SNIPPET = Pattern.compile("( *)// snippet: (\\S+)\\n(.*?) *// end\\n", Pattern.DOTALL);

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
        return snippets("Snippets.java", "PatternSnippets.java");
    }

    private static Stream<Snippet> snippets(String... files) throws IOException {
        StringBuilder source = new StringBuilder();
        for (String file : files) {
            source.append(Files.readString(Path.of("src/test/java/dev/larder/examples/docs", file)));
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
