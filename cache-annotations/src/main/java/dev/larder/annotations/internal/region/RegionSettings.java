package dev.larder.annotations.internal.region;

import dev.larder.annotations.internal.method.MethodModel;
import dev.larder.annotations.spi.FailureHandler;
import java.time.Duration;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.jspecify.annotations.Nullable;

/**
 * What all regions have in common.
 *
 * @param manager asked whenever a cache is looked for
 * @param absentFor how long it is remembered that there is no value; null for not at all
 * @param strict whether a cache that cannot do what is asked is refused
 */
public record RegionSettings(
        Supplier<CacheManager> manager,
        FailureHandler failures,
        @Nullable Duration absentFor,
        boolean strict) {

    /** Returns a region in which values of a method are kept. */
    Region region(Cache<Object, Object> cache, Extras extras) {
        return new Region(
                cache, extras.storingIn(cache, strict), absences(cache), new Failures(extras.method(), failures));
    }

    /** Returns a region in which exceptions are kept. */
    Region regionOfExceptions(Cache<Object, Object> cache, MethodModel method) {
        return new Region(cache, Storing.PLAIN, null, new Failures(method, failures));
    }

    private @Nullable Absences absences(Cache<?, ?> cache) {
        if (absentFor == null) {
            return null;
        }
        CacheManager own = cache.getCacheManager();
        return Absences.beside(cache, own == null ? manager.get() : own, absentFor);
    }
}
