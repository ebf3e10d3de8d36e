package dev.larder.jcache.internal.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.fixture.CacheMaker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.event.EventType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AsynchronousDeliveryTest {

    private final CacheMaker maker = new CacheMaker();
    private final Cache<String, Integer> cache = maker.make(CacheSettings.builder(String.class, Integer.class));
    private final ManualExecutor executor = new ManualExecutor();
    private final List<LarderEvent<String, Integer>> heard = new ArrayList<>();
    private final AsynchronousDelivery<String, Integer> delivery =
            new AsynchronousDelivery<>(executor, "cache \"users\": listener Slow", heard::add);

    @AfterEach
    void close() {
        maker.close();
    }

    private LarderEvent<String, Integer> created(String key, int value) {
        return new LarderEvent<>(cache, EventType.CREATED, key, value, null);
    }

    private LarderEvent<String, Integer> updated(String key, int value, int old) {
        return new LarderEvent<>(cache, EventType.UPDATED, key, value, old);
    }

    @Test
    void eventsBeyondTheCapacityAreDroppedAndCounted() {
        for (int i = 0; i < AsynchronousDelivery.CAPACITY + 5; i++) {
            delivery.enqueue(created("k" + i % 10, i));
        }

        assertThat(delivery.dropped()).isEqualTo(5);

        executor.runAll();
        assertThat(heard).hasSize(AsynchronousDelivery.CAPACITY);
    }

    @Test
    void eventsAreTakenAgainWhenThereIsRoom() {
        for (int i = 0; i < AsynchronousDelivery.CAPACITY + 5; i++) {
            delivery.enqueue(created("k", i));
        }
        executor.runAll();

        for (int i = 0; i < AsynchronousDelivery.CAPACITY; i++) {
            delivery.enqueue(created("k", i));
        }
        executor.runAll();

        assertThat(delivery.dropped()).isEqualTo(5);
        assertThat(heard).hasSize(2 * AsynchronousDelivery.CAPACITY);
    }

    @Test
    void eventsOfAKeyAreToldInTheirOrder() {
        for (int i = 0; i < 100; i++) {
            delivery.enqueue(updated("k", i, i - 1));
        }

        executor.runAll();

        assertThat(heard).extracting(LarderEvent::getValue).isSorted().hasSize(100);
    }

    @Test
    void eventsOfAKeyWaitForOneTaskOnly() {
        delivery.enqueue(created("a", 1));
        delivery.enqueue(updated("a", 2, 1));
        delivery.enqueue(created("b", 1));

        assertThat(executor.tasks).hasSize(2);
    }

    @Test
    void nothingIsToldOnceClosed() {
        delivery.enqueue(created("k", 1));

        delivery.close();
        delivery.enqueue(updated("k", 2, 1));
        executor.runAll();

        assertThat(heard).isEmpty();
        assertThat(executor.isShutdown()).isTrue();
    }

    /** Runs nothing until it is told to. */
    private static final class ManualExecutor extends AbstractExecutorService {

        private final Queue<Runnable> tasks = new ArrayDeque<>();
        private boolean shutdown;

        void runAll() {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public void shutdown() {
            shutdown = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            shutdown = true;
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return shutdown;
        }

        @Override
        public boolean isTerminated() {
            return shutdown;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return shutdown;
        }
    }
}
