package dev.larder.jcache.loading;

import dev.larder.jcache.concurrency.Crew;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.integration.CompletionListenerFuture;

/** The ways to miss a key and have it loaded. */
enum Caller {
    GET {
        @Override
        String call(Cache<String, String> cache, String key) {
            return cache.get(key);
        }
    },
    GET_ALL {
        @Override
        String call(Cache<String, String> cache, String key) {
            return cache.getAll(Set.of(key, "another of " + key)).get(key);
        }
    },
    LOAD_ALL {
        @Override
        String call(Cache<String, String> cache, String key) throws Exception {
            loadAll(cache, Set.of(key), false);
            return cache.get(key);
        }
    },
    INVOKE {
        @Override
        String call(Cache<String, String> cache, String key) {
            return cache.invoke(key, (entry, arguments) -> entry.getValue());
        }
    };

    /** Has a key loaded, and returns its value. */
    abstract String call(Cache<String, String> cache, String key) throws Exception;

    /** Returns when the keys are loaded. */
    static <K> void loadAll(Cache<K, ?> cache, Set<K> keys, boolean replaceExisting) throws Exception {
        CompletionListenerFuture done = new CompletionListenerFuture();
        cache.loadAll(keys, replaceExisting, done);
        done.get(Crew.SOON.toSeconds(), TimeUnit.SECONDS);
    }
}
