package dev.larder.jcache.internal.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.fixture.CacheMaker;
import dev.larder.jcache.fixture.Parallel;
import dev.larder.jcache.fixture.RecordingListener;
import dev.larder.jcache.internal.concurrent.KeyLocks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class EventDispatcherTest {

    private final CacheMaker maker = new CacheMaker();
    private final Parallel parallel = new Parallel();
    private final List<Runnable> tasks = new ArrayList<>();
    private final List<String> logged = new ArrayList<>();
    private final Logger logger = Logger.getLogger(EventDispatcher.class.getName());
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            logged.add(line.getLevel() + " " + line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listenToTheLog() {
        logger.addHandler(handler);
    }

    @AfterEach
    void close() {
        logger.removeHandler(handler);
        parallel.close();
        maker.close();
    }

    @Test
    void threadThatIsEndedWhileAListenerIsBusyBlamesNoListener() throws Exception {
        CountDownLatch isBusy = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        RecordingListener<String, String> listener = new RecordingListener<String, String>().thenDo(event -> {
            isBusy.countDown();
            Parallel.await(release);
        });
        EventDispatcher<String, String> dispatcher = new EventDispatcher<>(
                maker.make(CacheMaker.strings()),
                tasks::add,
                () -> null,
                UnaryOperator.identity(),
                UnaryOperator.identity());
        dispatcher.register(listener.synchronously());
        KeyLocks<String, LarderEvent<String, String>> locks = new KeyLocks<>("users", dispatcher);
        dispatcher.deliverLater(locks.leave("k", dispatcher.expired("k", "first")));
        dispatcher.deliverLater(locks.leave("k", dispatcher.expired("k", "second")));
        Future<Void> busy = parallel.start(() -> {
            tasks.get(0).run();
            return null;
        });
        Parallel.await(isBusy);

        // as the manager does with its threads when it is closed
        Thread.currentThread().interrupt();
        tasks.get(1).run();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(logged).isEmpty();
        release.countDown();
        Parallel.resultOf(busy);
        assertThat(listener.lines()).containsExactly("EXPIRED k=first was first", "EXPIRED k=second was second");
    }
}
