package dev.larder.conformance.redis;

import dev.larder.testkit.fault.TcpProxy;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Resets the connections of one proxy after the other, at random moments, until there were enough or it is closed. */
final class Resets implements AutoCloseable {

    private static final long LEAST_MILLIS = 30;
    private static final long MOST_MILLIS = 200;

    private final Thread thread;
    private final AtomicLong made = new AtomicLong();

    /** @param most for a test whose machine is slow: what comes by the clock comes more often there than what it is held against */
    Resets(List<TcpProxy> proxies, long most) {
        thread = new Thread(
                () -> {
                    while (made.get() < most && pause()) {
                        proxies.get(ThreadLocalRandom.current().nextInt(proxies.size()))
                                .reset();
                        made.incrementAndGet();
                    }
                },
                "resets");
        thread.start();
    }

    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(LEAST_MILLIS, MOST_MILLIS));
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Returns how many there were so far. */
    long made() {
        return made.get();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
