package dev.larder.annotations.cases;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import org.jspecify.annotations.Nullable;

@CacheDefaults(cacheName = "prices")
public class PricesBean implements Prices {

    private final AtomicInteger calls = new AtomicInteger();

    private String answer(Object item) {
        return item + " " + calls.incrementAndGet();
    }

    private static void end(@Nullable Exception failure) throws Exception {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    @CacheResult
    public String find(@CacheKey String item) {
        return answer(item);
    }

    @Override
    @CacheResult(cacheName = "shops")
    public String findIn(@CacheKey String shop, String unused, @CacheKey String item) {
        return answer(shop + item);
    }

    @Override
    @CacheResult(cacheName = "counts")
    public int count(int item) {
        return calls.incrementAndGet();
    }

    @Override
    @CacheResult(cacheName = "nothing")
    public @Nullable String findNothing(String item) {
        return calls.incrementAndGet() == 1 ? null : answer(item);
    }

    @Override
    @CacheResult(cacheName = "arrays")
    public String findOf(String... items) {
        return answer(Arrays.toString(items));
    }

    @Override
    @CacheResult
    public String findDuring(@CacheKey String item, Runnable meanwhile) {
        String answer = answer(item);
        meanwhile.run();
        return answer;
    }

    @Override
    @CacheResult(cacheResolverFactory = Failing.class)
    public String findWithout(String item) {
        return answer(item);
    }

    @Override
    @CacheResult(skipGet = true)
    public String refresh(String item) {
        return answer(item);
    }

    @Override
    @CacheResult(skipGet = true)
    public @Nullable String refreshToNothing(String item) {
        return null;
    }

    @Override
    @CacheResult(cacheName = "optionals")
    public Optional<String> findOptional(@CacheKey String item, boolean there) {
        String answer = answer(item);
        return there ? Optional.of(answer) : Optional.empty();
    }

    @Override
    @CacheResult
    public CompletionStage<String> findLater(@CacheKey String item, @Nullable Exception failure) {
        String answer = answer(item);
        return CompletableFuture.supplyAsync(() -> answer)
                .thenCompose(found -> failure == null
                        ? CompletableFuture.completedFuture(found)
                        : CompletableFuture.failedFuture(failure));
    }

    @Override
    @CacheResult
    public CompletableFuture<Optional<String>> findOptionalLater(String item) {
        return CompletableFuture.completedFuture(Optional.of(answer(item)));
    }

    @Override
    @CacheResult(exceptionCacheName = "failures")
    public String failing(@CacheKey String item, @Nullable Exception failure) throws Exception {
        String answer = answer(item);
        end(failure);
        return answer;
    }

    @Override
    @CacheResult(exceptionCacheName = "failures", nonCachedExceptions = IllegalStateException.class)
    public String failingButIllegal(@CacheKey String item, @Nullable Exception failure) throws Exception {
        end(failure);
        return answer(item);
    }

    @Override
    @CacheResult(exceptionCacheName = "failures", cachedExceptions = IllegalStateException.class)
    public String failingOnlyIllegal(@CacheKey String item, @Nullable Exception failure) throws Exception {
        end(failure);
        return answer(item);
    }

    @Override
    @CacheResult(
            exceptionCacheName = "failures",
            cachedExceptions = IllegalArgumentException.class,
            nonCachedExceptions = NumberFormatException.class)
    public String failingOnlyArguments(@CacheKey String item, @Nullable Exception failure) throws Exception {
        end(failure);
        return answer(item);
    }

    @Override
    @CacheResult(exceptionCacheName = "failures")
    public CompletionStage<String> failingLater(@CacheKey String item, @Nullable Exception failure) {
        String answer = answer(item);
        return failure == null ? CompletableFuture.completedFuture(answer) : CompletableFuture.failedFuture(failure);
    }

    @Override
    @CachePut
    public void put(@CacheKey String item, @CacheValue @Nullable String price, @Nullable Exception failure)
            throws Exception {
        end(failure);
    }

    @Override
    @CachePut
    public void putOptional(String item, @CacheValue Optional<String> price) {}

    @Override
    @CachePut(cacheFor = IllegalStateException.class)
    public void putFor(@CacheKey String item, @CacheValue String price, @Nullable Exception failure) throws Exception {
        end(failure);
    }

    @Override
    @CachePut(noCacheFor = IllegalStateException.class)
    public void putNotFor(@CacheKey String item, @CacheValue String price, @Nullable Exception failure)
            throws Exception {
        end(failure);
    }

    @Override
    @CachePut(cacheFor = IllegalArgumentException.class, noCacheFor = NumberFormatException.class)
    public void putForBut(@CacheKey String item, @CacheValue String price, @Nullable Exception failure)
            throws Exception {
        end(failure);
    }

    @Override
    @CachePut(afterInvocation = false)
    public void putBefore(@CacheKey String item, @CacheValue String price, @Nullable Exception failure)
            throws Exception {
        end(failure);
    }

    @Override
    @CachePut(afterInvocation = false)
    public void putBeforeAnd(@CacheKey String item, @CacheValue String price, Runnable meanwhile) {
        meanwhile.run();
    }

    @Override
    @CachePut
    public CompletionStage<@Nullable Void> putLater(
            @CacheKey String item, @CacheValue String price, CompletableFuture<@Nullable Void> end) {
        return end;
    }

    @Override
    @CacheRemove
    public void remove(@CacheKey String item, @Nullable Exception failure) throws Exception {
        end(failure);
    }

    @Override
    @CacheRemove(evictFor = IllegalStateException.class)
    public void removeFor(@CacheKey String item, @Nullable Exception failure) throws Exception {
        end(failure);
    }

    @Override
    @CacheRemove(noEvictFor = IllegalStateException.class)
    public void removeNotFor(@CacheKey String item, @Nullable Exception failure) throws Exception {
        end(failure);
    }

    @Override
    @CacheRemove(afterInvocation = false)
    public void removeBefore(@CacheKey String item, @Nullable Exception failure) throws Exception {
        end(failure);
    }

    @Override
    @CacheRemove
    public CompletionStage<@Nullable Void> removeLater(@CacheKey String item, CompletableFuture<@Nullable Void> end) {
        return end;
    }

    @Override
    @CacheRemoveAll
    public void removeAll(@Nullable Exception failure) throws Exception {
        end(failure);
    }

    @Override
    @CacheRemoveAll(evictFor = IllegalStateException.class)
    public void removeAllFor(@Nullable Exception failure) throws Exception {
        end(failure);
    }

    @Override
    @CacheRemoveAll(noEvictFor = IllegalStateException.class)
    public void removeAllNotFor(@Nullable Exception failure) throws Exception {
        end(failure);
    }

    @Override
    @CacheRemoveAll(afterInvocation = false)
    public void removeAllBefore(@Nullable Exception failure) throws Exception {
        end(failure);
    }

    @Override
    @CacheResult(cacheName = "generated", cacheKeyGenerator = FirstLetter.class)
    public String generated(String item) {
        return answer(item);
    }

    @Override
    @CacheResult(cacheName = "asked", exceptionCacheName = "askedFailures", cacheResolverFactory = Renaming.class)
    public String resolved(@CacheKey String item, @Nullable Exception failure) throws Exception {
        String answer = answer(item);
        end(failure);
        return answer;
    }
}
