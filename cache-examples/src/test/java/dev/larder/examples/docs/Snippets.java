package dev.larder.examples.docs;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.EffectiveConfiguration;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.LarderEntry;
import dev.larder.jcache.Loaded;
import dev.larder.jcache.LoaderWithMetadata;
import dev.larder.store.ByteSize;
import dev.larder.store.StoreFactory;
import dev.larder.store.StoreProvider;
import dev.larder.store.StoreSource;
import dev.larder.store.guard.OnStoreFailure;
import dev.larder.store.heap.HeapStore;
import java.time.Duration;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import org.jspecify.annotations.Nullable;

/** The Java of the documents, where a compiler sees it. {@link SnippetsTest} finds each region in its document. Not on patterns: those are in {@link PatternSnippets}. */
final class Snippets {

    private Snippets() {}

    static void greetings() {
        // snippet: README.md
        CacheManager manager = Caching.getCachingProvider().getCacheManager();
        Cache<String, String> greetings = manager.createCache("greetings", new MutableConfiguration<>());
        greetings.put("hello", "world");
        System.out.println(greetings.get("hello"));
        // end
    }

    static Cache<String, Integer> byTheStandard() {
        // snippet: docs/getting-started.md
        CacheManager manager = Caching.getCachingProvider().getCacheManager();
        MutableConfiguration<String, Integer> configuration = new MutableConfiguration<String, Integer>()
                .setTypes(String.class, Integer.class)
                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.ONE_HOUR));
        Cache<String, Integer> stock = manager.createCache("stock", configuration);
        // end
        return stock;
    }

    static Cache<String, Integer> withSettings(CacheManager manager) {
        // snippet: docs/getting-started.md
        CacheSettings<String, Integer> settings = CacheSettings.builder(String.class, Integer.class)
                .maximumSize(10_000)
                .expireAfterWrite(Duration.ofMinutes(10))
                .statistics(true)
                .build();
        Cache<String, Integer> stock = manager.createCache("stock", settings);
        // end
        return stock;
    }

    static long beyond(Cache<String, Integer> stock) {
        // snippet: docs/getting-started.md
        LarderCache<String, Integer> larder = LarderCache.of(stock);
        larder.put("apples", 3, Duration.ofSeconds(30)); // a TTL of its own
        larder.putIfAbsent("pears", 5, Duration.ofSeconds(30));
        larder.touch("apples", Duration.ofMinutes(1));
        larder.invalidate("apples"); // dropped, and no load under way brings it back
        long about = larder.estimatedSize();
        larder.put("plums", 7, Set.of("fruit", "summer")); // with tags
        larder.invalidateTag("fruit"); // drops all that has the tag, at the cost of one
        // end
        return about;
    }

    static void ttls(Cache<String, Integer> cache, String key, Integer value) {
        // snippet: docs/expiry.md
        LarderCache.of(cache).put(key, value, Duration.ofSeconds(30));

        cache.invoke(key, (entry, arguments) -> {
            entry.setValue(value);
            entry.unwrap(LarderEntry.class).setTtl(Duration.ofSeconds(30));
            return null;
        });
        // end
    }

    record Page(String text, int product) {}

    /** Where pages come from. */
    interface Shop {
        Page render(String path);
    }

    static LoaderWithMetadata<String, Page> deciding(Shop shop) {
        // snippet: docs/loading-and-writing.md
        LoaderWithMetadata<String, Page> loader = path -> {
            Page page = shop.render(path);
            return Loaded.of(page).withTtl(Duration.ofMinutes(5)).withTags("pages", "product " + page.product());
        };
        // end
        return loader;
    }

    static void tags(Cache<String, Page> cache, String path, Page page) {
        // snippet: docs/loading-and-writing.md
        LarderCache<String, Page> pages = LarderCache.of(cache);
        pages.put(path, page, Set.of("pages", "product " + page.product()));

        pages.invalidateTag("product 4711");
        // end
    }

    static CacheSettings<String, Integer> sharedStore(StoreFactory factory) {
        // snippet: docs/failure.md
        CacheSettings<String, Integer> settings = CacheSettings.builder(String.class, Integer.class)
                .store(factory)
                .expireAfterWrite(Duration.ofMinutes(10))
                .onStoreFailure(OnStoreFailure.DEGRADE)
                .maxStale(Duration.ofMinutes(5))
                .storeDeadline(Duration.ofMillis(500))
                .build();
        // end
        return settings;
    }

    static String effective(CacheManager manager) {
        // snippet: docs/configuration.md
        String configuration = EffectiveConfiguration.of(manager).describe();
        // end
        return configuration;
    }

    // snippet: docs/stores.md
    public static final class ShelfProvider implements StoreProvider<ShelfProvider.Settings> {

        public record Settings(
                @Nullable Duration timeout, @Nullable ByteSize buffer) {}

        @Override
        public String type() {
            return "shelf";
        }

        @Override
        public Class<Settings> settingsType() {
            return Settings.class;
        }

        @Override
        public String schema() {
            return """
                    { "type": "object", "additionalProperties": false,
                      "properties": { "timeout": { "type": "string" }, "buffer": { "type": "string" } } }
                    """;
        }

        @Override
        public StoreSource open(Settings settings) {
            return HeapStore::unbounded; // or a connection, which its close() lets go of
        }
    }
    // end
}
