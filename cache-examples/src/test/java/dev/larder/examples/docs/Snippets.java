package dev.larder.examples.docs;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.LarderEntry;
import java.time.Duration;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;

/** The Java of the documents, where a compiler sees it. {@link SnippetsTest} finds each region in its document. */
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
}
