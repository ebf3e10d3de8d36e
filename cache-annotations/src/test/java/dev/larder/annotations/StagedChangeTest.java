package dev.larder.annotations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes whose stages end later than others of the same thread, as on an event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // what the callers get is another test's affair
class StagedChangeTest {

    private final CacheManager manager = Managers.of(Managers.LARDER);
    private final RowsBean bean = new RowsBean();
    private final Rows rows = CachedProxy.of(
            Rows.class,
            bean,
            CacheAnnotations.builder().cacheManager(manager).bareKeys(true).build());

    /** What is called. */
    @CacheDefaults(cacheName = "rows")
    interface Rows {

        @CacheResult
        String find(@CacheKey String key, Runnable meanwhile);

        @CacheResult(skipGet = true)
        CompletableFuture<String> update(@CacheKey String key, String value);

        @CachePut
        CompletableFuture<@Nullable Void> put(@CacheKey String key, @CacheValue String value);

        @CacheRemove
        CompletableFuture<@Nullable Void> removeLater(String key);

        @CacheRemove(afterInvocation = false)
        CompletableFuture<@Nullable Void> removeBefore(String key);

        @CacheRemoveAll
        CompletableFuture<@Nullable Void> removeAllLater();

        @CachePut
        void putNow(@CacheKey String key, @CacheValue String value);

        @CacheRemove
        void remove(String key);

        @CacheRemoveAll
        void removeAll();
    }

    /** Hands out stages, to be ended by the tests in any order. */
    private static final class RowsBean implements Rows {

        private final Deque<CompletableFuture<@Nullable Void>> stages = new ArrayDeque<>();
        private boolean ended;

        private CompletableFuture<@Nullable Void> begun() {
            CompletableFuture<@Nullable Void> stage = new CompletableFuture<>();
            if (ended) {
                stage.complete(null);
            }
            stages.add(stage);
            return stage;
        }

        @Override
        public String find(String key, Runnable meanwhile) {
            meanwhile.run();
            return "found";
        }

        @Override
        public CompletableFuture<String> update(String key, String value) {
            return begun().thenApply(nothing -> value);
        }

        @Override
        public CompletableFuture<@Nullable Void> put(String key, String value) {
            return begun();
        }

        @Override
        public CompletableFuture<@Nullable Void> removeLater(String key) {
            return begun();
        }

        @Override
        public CompletableFuture<@Nullable Void> removeBefore(String key) {
            return begun();
        }

        @Override
        public CompletableFuture<@Nullable Void> removeAllLater() {
            return begun();
        }

        @Override
        public void putNow(String key, String value) {}

        @Override
        public void remove(String key) {}

        @Override
        public void removeAll() {}
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    private @Nullable Object cached() {
        return manager.getCache("rows").get("key");
    }

    static Stream<Named<Consumer<Rows>>> removals() {
        return Stream.of(
                Named.of("remove", rows -> rows.remove("key")), Named.of("remove all", rows -> rows.removeAll()));
    }

    static Stream<Named<Consumer<Rows>>> puts() {
        return Stream.of(
                Named.of("put", rows -> rows.put("key", "put")), Named.of("update", rows -> rows.update("key", "put")));
    }

    @ParameterizedTest
    @MethodSource("removals")
    void putThatARemovalOfTheSameThreadOvertookIsNotStored(Consumer<Rows> removal) {
        rows.put("key", "put");
        removal.accept(rows);

        bean.stages.remove().complete(null);

        assertThat(cached()).isNull();
    }

    @ParameterizedTest
    @MethodSource("puts")
    void putThatAnotherOfTheSameThreadOvertookIsNotStored(Consumer<Rows> put) {
        put.accept(rows);
        rows.putNow("key", "newer");
        assertThat(cached()).isEqualTo("newer");

        bean.stages.remove().complete(null);

        assertThat(cached()).isNull();
    }

    @ParameterizedTest
    @MethodSource("puts")
    void ofTwoPutsTheSecondToEndRemovesWhicheverBeganFirst(Consumer<Rows> put) {
        for (boolean inOrder : List.of(true, false)) {
            put.accept(rows);
            rows.put("key", "other");

            (inOrder ? bean.stages.removeFirst() : bean.stages.removeLast()).complete(null);
            assertThat(cached()).isEqualTo(inOrder ? "put" : "other");
            bean.stages.remove().complete(null);

            assertThat(cached()).isNull();
        }
    }

    static Stream<Named<Consumer<Rows>>> later() {
        return Stream.concat(
                puts(),
                Stream.of(
                        Named.of("remove", rows -> rows.removeLater("key")),
                        Named.of("remove before", rows -> rows.removeBefore("key")),
                        Named.of("remove all", rows -> rows.removeAllLater())));
    }

    /** As it does where the method waits on an event loop that goes on meanwhile. */
    @ParameterizedTest
    @MethodSource("later")
    void resultIsOvertakenByAChangeThatEndsInItsThread(Consumer<Rows> change) {
        change.accept(rows);

        rows.find("key", () -> bean.stages.remove().complete(null));

        assertThat(cached()).isNotEqualTo("found");
    }

    @Test
    void methodThatPutsItselfIsNotOvertakenByThatEvenIfItGetsAStageForIt() {
        bean.ended = true;

        rows.find("key", () -> rows.put("key", "warm"));

        assertThat(cached()).isEqualTo("found");
    }
}
