package dev.larder.annotations.internal.method;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;
import org.jspecify.annotations.Nullable;

/**
 * One annotation of the four, with what it says itself; names and classes that it leaves to others are empty, or the interface.
 *
 * @param afterInvocation whether the cache is changed after the method, not before
 * @param exceptions which exceptions are cached, or let the cache be changed all the same
 * @param exceptionCacheName empty if exceptions are not cached
 * @param skipGet whether the method is called in any case
 */
public record Rule(
        Kind kind,
        Annotation annotation,
        String cacheName,
        Class<? extends CacheKeyGenerator> keyGenerator,
        Class<? extends CacheResolverFactory> resolverFactory,
        boolean afterInvocation,
        ExceptionFilter exceptions,
        String exceptionCacheName,
        boolean skipGet) {

    /**
     * Returns what stands at a method or class itself, or null if none of the four does.
     *
     * @throws IllegalArgumentException if more than one does
     */
    static @Nullable Rule of(AnnotatedElement element) {
        List<Rule> rules = Stream.of(
                        map(element.getDeclaredAnnotation(CacheResult.class)),
                        map(element.getDeclaredAnnotation(CachePut.class)),
                        map(element.getDeclaredAnnotation(CacheRemove.class)),
                        map(element.getDeclaredAnnotation(CacheRemoveAll.class)))
                .filter(Objects::nonNull)
                .toList();
        if (rules.size() > 1) {
            throw new IllegalArgumentException(element + " has " + rules.get(0).annotation() + " and "
                    + rules.get(1).annotation() + "; one of them can be obeyed, not both");
        }
        return rules.isEmpty() ? null : rules.get(0);
    }

    private static @Nullable Rule map(@Nullable CacheResult result) {
        return result == null
                ? null
                : new Rule(
                        Kind.RESULT,
                        result,
                        result.cacheName(),
                        result.cacheKeyGenerator(),
                        result.cacheResolverFactory(),
                        true,
                        ExceptionFilter.of(result.cachedExceptions(), result.nonCachedExceptions(), true),
                        result.exceptionCacheName(),
                        result.skipGet());
    }

    private static @Nullable Rule map(@Nullable CachePut put) {
        return put == null
                ? null
                : new Rule(
                        Kind.PUT,
                        put,
                        put.cacheName(),
                        put.cacheKeyGenerator(),
                        put.cacheResolverFactory(),
                        put.afterInvocation(),
                        ExceptionFilter.of(put.cacheFor(), put.noCacheFor(), false),
                        "",
                        false);
    }

    private static @Nullable Rule map(@Nullable CacheRemove remove) {
        return remove == null
                ? null
                : new Rule(
                        Kind.REMOVE,
                        remove,
                        remove.cacheName(),
                        remove.cacheKeyGenerator(),
                        remove.cacheResolverFactory(),
                        remove.afterInvocation(),
                        ExceptionFilter.of(remove.evictFor(), remove.noEvictFor(), false),
                        "",
                        false);
    }

    private static @Nullable Rule map(@Nullable CacheRemoveAll removeAll) {
        return removeAll == null
                ? null
                : new Rule(
                        Kind.REMOVE_ALL,
                        removeAll,
                        removeAll.cacheName(),
                        CacheKeyGenerator.class,
                        removeAll.cacheResolverFactory(),
                        removeAll.afterInvocation(),
                        ExceptionFilter.of(removeAll.evictFor(), removeAll.noEvictFor(), false),
                        "",
                        false);
    }
}
