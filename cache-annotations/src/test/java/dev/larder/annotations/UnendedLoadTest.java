package dev.larder.annotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that end in another way than by a result or an exception that all may have. */
@Timeout(300)
class UnendedLoadTest {

    private final CacheManager manager = Managers.of(Managers.LARDER);
    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch never = new CountDownLatch(1);
    private final RowsBean bean = new RowsBean();
    private final Rows rows = CachedProxy.of(
            Rows.class,
            bean,
            CacheAnnotations.builder().cacheManager(manager).bareKeys(true).build());

    /** What is called. */
    @CacheDefaults(cacheName = "rows")
    interface Rows {

        @CacheResult
        String find(String key) throws InterruptedException;

        @CacheResult
        CompletionStage<String> findLater(String key);

        @CachePut
        CompletionStage<String> put(@CacheKey String key, @CacheValue String value);

        @CacheRemove(afterInvocation = false)
        CompletionStage<String> removeBefore(String key);
    }

    private final class RowsBean implements Rows {

        private CompletionStage<String> stage = new Broken();

        @Override
        public String find(String key) throws InterruptedException {
            if (calls.incrementAndGet() == 1) {
                never.await();
            }
            return "found";
        }

        @Override
        public CompletionStage<String> findLater(String key) {
            return stage;
        }

        @Override
        public CompletionStage<String> put(String key, String value) {
            return stage;
        }

        @Override
        public CompletionStage<String> removeBefore(String key) {
            return stage;
        }
    }

    /** Refuses what every stage should do. */
    private static final class Broken extends CompletableFuture<String> {

        @Override
        public CompletableFuture<String> whenComplete(
                BiConsumer<? super @Nullable String, ? super @Nullable Throwable> action) {
            throw new UnsupportedOperationException("whenComplete");
        }
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    private @Nullable Object cached() {
        return manager.getCache("rows").get("key");
    }

    @Test
    void interruptOfTheFirstCallerIsNotThatOfTheOthers() throws Exception {
        FutureTask<Throwable> first = new FutureTask<>(() -> catchThrowable(() -> rows.find("key")));
        FutureTask<String> second = new FutureTask<>(() -> rows.find("key"));
        Thread firstThread = new Thread(first);
        firstThread.start();
        awaitWaiting(firstThread);
        Thread secondThread = new Thread(second);
        secondThread.start();
        awaitWaiting(secondThread);

        firstThread.interrupt();

        assertThat(first.get()).isInstanceOf(InterruptedException.class);
        assertThat(second.get()).isEqualTo("found");
        assertThat(cached()).isEqualTo("found");
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void resultWhoseStageIsBrokenIsWaitedForByNobody() throws Exception {
        FutureTask<Throwable> first = new FutureTask<>(() -> catchThrowable(() -> rows.findLater("key")));
        new Thread(first).start();
        assertThat(first.get()).isInstanceOf(UnsupportedOperationException.class);

        bean.stage = CompletableFuture.completedFuture("found");
        assertThat(rows.findLater("key")).isCompletedWithValue("found");
        assertThat(cached()).isEqualTo("found");
    }

    @Test
    void changeWhoseStageIsBrokenHoldsNothing() {
        assertThatThrownBy(() -> rows.removeBefore("key")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> rows.put("key", "put")).isInstanceOf(UnsupportedOperationException.class);
        assertThat(cached()).isNull();

        bean.stage = CompletableFuture.completedFuture("found");
        rows.put("key", "put");
        assertThat(cached()).isEqualTo("put");
    }
}
