package dev.larder.jcache.internal.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AsynchronousDeliveryTest {

    private final ManualExecutor executor = new ManualExecutor();
    private final List<News<String, Integer>> heard = new ArrayList<>();
    private final AsynchronousDelivery<String, Integer> delivery =
            new AsynchronousDelivery<>(executor, "cache \"users\": listener Slow", heard::add);

    @Test
    void newsBeyondTheCapacityAreDroppedAndCounted() {
        for (int i = 0; i < AsynchronousDelivery.CAPACITY + 5; i++) {
            delivery.enqueue(News.created("k" + i % 10, i));
        }

        assertThat(delivery.dropped()).isEqualTo(5);

        executor.runAll();
        assertThat(heard).hasSize(AsynchronousDelivery.CAPACITY);
    }

    @Test
    void newsAreTakenAgainWhenThereIsRoom() {
        for (int i = 0; i < AsynchronousDelivery.CAPACITY + 5; i++) {
            delivery.enqueue(News.created("k", i));
        }
        executor.runAll();

        for (int i = 0; i < AsynchronousDelivery.CAPACITY; i++) {
            delivery.enqueue(News.created("k", i));
        }
        executor.runAll();

        assertThat(delivery.dropped()).isEqualTo(5);
        assertThat(heard).hasSize(2 * AsynchronousDelivery.CAPACITY);
    }

    @Test
    void newsOfAKeyAreToldInTheirOrder() {
        for (int i = 0; i < 100; i++) {
            delivery.enqueue(News.updated("k", i, i - 1));
        }

        executor.runAll();

        assertThat(heard).extracting(News::value).isSorted().hasSize(100);
    }

    @Test
    void newsOfAKeyWaitForOneTaskOnly() {
        delivery.enqueue(News.created("a", 1));
        delivery.enqueue(News.updated("a", 2, 1));
        delivery.enqueue(News.created("b", 1));

        assertThat(executor.tasks).hasSize(2);
    }

    @Test
    void nothingIsToldOnceClosed() {
        delivery.enqueue(News.created("k", 1));

        delivery.close();
        delivery.enqueue(News.updated("k", 2, 1));
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
