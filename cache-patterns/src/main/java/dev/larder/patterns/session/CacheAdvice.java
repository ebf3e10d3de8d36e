package dev.larder.patterns.session;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/** What is to be said of a cache before sessions are kept in it. */
interface CacheAdvice {

    /** What the class path has: of Larder's caches if cache-jcache is there, else nothing. */
    CacheAdvice AVAILABLE = find();

    /** Returns what is wrong with a cache and how to mend it, or null. */
    @Nullable
    String of(Cache<String, byte[]> cache);

    /** Logs it, if there is something. */
    static void log(Cache<String, byte[]> cache) {
        String advice = AVAILABLE.of(cache);
        if (advice != null) {
            Logger log = System.getLogger("dev.larder.patterns.session");
            log.log(Level.WARNING, advice);
        }
    }

    private static CacheAdvice find() {
        try {
            return new LarderFailureSetting();
        } catch (NoClassDefFoundError noLarder) {
            return cache -> null;
        }
    }
}
