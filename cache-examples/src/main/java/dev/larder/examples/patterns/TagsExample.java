package dev.larder.examples.patterns;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import java.util.Set;
import java.util.TreeSet;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;

/** Keeps pages of a shop with the articles that they show, and drops all pages of an article at once. */
public final class TagsExample {

    private TagsExample() {}

    /** Puts pages, changes an article, and prints which pages are left. */
    public static void main(String[] args) {
        try (CacheManager caches = Caching.getCachingProvider().getCacheManager()) {
            LarderCache<String, String> pages = LarderCache.of(caches.createCache(
                    "pages", CacheSettings.builder(String.class, String.class).build()));
            pages.put("/", "apples 3, pears 5", Set.of("apples", "pears"));
            pages.put("/apples", "apples 3", Set.of("apples"));
            pages.put("/pears", "pears 5", Set.of("pears"));
            pages.put("/about", "since 1907");
            print("all pages", pages);

            pages.invalidateTag("apples");
            print("apples changed", pages);

            pages.put("/apples", "apples 2", Set.of("apples"));
            print("the page of apples was made again", pages);
        }
    }

    private static void print(String when, Cache<String, String> pages) {
        Set<String> present = new TreeSet<>();
        pages.forEach(page -> present.add(page.getKey()));
        System.out.println(when + ": " + present);
    }
}
