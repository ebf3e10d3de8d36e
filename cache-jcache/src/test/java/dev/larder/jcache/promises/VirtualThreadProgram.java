package dev.larder.jcache.promises;

import dev.larder.jcache.CacheSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.integration.CacheLoader;

/**
 * Lets virtual threads wait in a cache for what only another virtual thread can bring about. With one carrier this ends only if
 * each of them frees it.
 */
public final class VirtualThreadProgram {

    private VirtualThreadProgram() {}

    /** Runs the program; it prints a line when it is through. */
    public static void main(String[] arguments) throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Cache<String, String> cache = Caching.getCachingProvider()
                .getCacheManager()
                .createCache(
                        "cache",
                        CacheSettings.builder(String.class, String.class)
                                .loader(new Loader(key -> {
                                    if (key.equals("slow")) {
                                        loading.countDown();
                                        await(goOn);
                                    }
                                    return "loaded " + key;
                                }))
                                .build());
        List<Thread> threads = new ArrayList<>();
        threads.add(startVirtual(() -> cache.get("slow")));
        loading.await();
        // these wait for the load of the first, for a processor's lock, and for that processor's load
        threads.add(startVirtual(() -> cache.get("slow")));
        threads.add(startVirtual(() -> cache.invoke("slow", (entry, none) -> entry.getValue())));
        threads.add(startVirtual(() -> cache.invoke("slow", (entry, none) -> entry.getValue())));
        Thread other = startVirtual(() -> {
            cache.put("other", "value");
            cache.get("yet another");
            goOn.countDown();
        });
        other.join();
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println("each proceeded: " + cache.get("slow"));
        Caching.getCachingProvider().close();
    }

    /** Calls {@code Thread.startVirtualThread}, which the Java that this is compiled for does not know. */
    private static Thread startVirtual(Runnable work) throws ReflectiveOperationException {
        return (Thread)
                Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Loader(Function<String, String> source) implements CacheLoader<String, String> {

        @Override
        public String load(String key) {
            return source.apply(key);
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            throw new UnsupportedOperationException("one key at a time here");
        }
    }
}
