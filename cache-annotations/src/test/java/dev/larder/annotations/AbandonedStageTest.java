package dev.larder.annotations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a caller does with the stage that he got, by cancelling it or by a timeout, is his affair alone. */
class AbandonedStageTest {

    private final CacheManager manager = Managers.of(Managers.LARDER);
    private final CompletableFuture<String> outcome = new CompletableFuture<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final Rows rows = CachedProxy.of(
            Rows.class,
            new RowsBean(),
            CacheAnnotations.builder().cacheManager(manager).bareKeys(true).build());

    /** What is called. */
    @CacheDefaults(cacheName = "rows")
    interface Rows {

        @CacheResult
        CompletableFuture<String> find(String key);

        @CachePut
        CompletableFuture<String> put(@CacheKey String key, @CacheValue String value);

        @CacheRemove
        CompletableFuture<String> remove(String key);

        @CacheRemove(afterInvocation = false)
        CompletableFuture<String> removeBefore(String key);
    }

    private final class RowsBean implements Rows {

        @Override
        public CompletableFuture<String> find(String key) {
            calls.incrementAndGet();
            return outcome;
        }

        @Override
        public CompletableFuture<String> put(String key, String value) {
            return outcome;
        }

        @Override
        public CompletableFuture<String> remove(String key) {
            return outcome;
        }

        @Override
        public CompletableFuture<String> removeBefore(String key) {
            return outcome;
        }
    }

    static Stream<Named<Consumer<CompletableFuture<String>>>> endings() {
        return Stream.of(
                Named.of("cancelled", stage -> stage.cancel(false)),
                Named.of("timed out", stage -> stage.completeExceptionally(new TimeoutException())));
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    private Object cached() {
        return manager.getCache("rows").get("key");
    }

    @ParameterizedTest
    @MethodSource("endings")
    void resultIsSharedAndStoredAllTheSame(Consumer<CompletableFuture<String>> ending) {
        ending.accept(rows.find("key"));
        CompletableFuture<String> second = rows.find("key");

        outcome.complete("found");

        assertThat(second).isCompletedWithValue("found");
        assertThat(cached()).isEqualTo("found");
        assertThat(calls).hasValue(1);
    }

    @ParameterizedTest
    @MethodSource("endings")
    void changeIsMadeAllTheSame(Consumer<CompletableFuture<String>> ending) {
        ending.accept(rows.put("key", "put"));
        outcome.complete("ended");
        assertThat(cached()).isEqualTo("put");

        ending.accept(rows.remove("key"));
        assertThat(cached()).isNull();
    }

    @ParameterizedTest
    @MethodSource("endings")
    void keyIsReleasedAllTheSame(Consumer<CompletableFuture<String>> ending) {
        ending.accept(rows.removeBefore("key"));

        outcome.complete("ended");

        assertThat(rows.find("key")).isCompletedWithValue("ended");
        assertThat(cached()).isEqualTo("ended");
    }
}
