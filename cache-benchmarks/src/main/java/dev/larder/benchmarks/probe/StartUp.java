package dev.larder.benchmarks.probe;

import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;

/**
 * The program whose start is measured: it makes a cache, puts one entry, and prints the nanoseconds that took. It is run from a
 * directory of its own, with nothing on the class path but the jars of one library, so it uses no other class of this module.
 */
final class StartUp {

    private StartUp() {}

    /** Takes the name of the provider's class. */
    public static void main(String[] arguments) {
        long start = System.nanoTime();
        Cache<Integer, Integer> cache = Caching.getCachingProvider(arguments[0])
                .getCacheManager()
                .createCache("first", new MutableConfiguration<>());
        cache.put(1, 1);
        long nanos = System.nanoTime() - start;
        System.out.println(StartUpProbe.MARK + nanos);
        // some providers have threads that would go on
        Runtime.getRuntime().halt(0);
    }
}
