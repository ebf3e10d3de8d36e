package dev.larder.benchmarks.sessions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Users who ask for the page as fast as they get it. */
final class Throughput implements AutoCloseable {

    private final List<User> users = new ArrayList<>();
    private final ExecutorService threads;

    Throughput(int port, int users) throws IOException {
        this.threads = Executors.newFixedThreadPool(users);
        for (int i = 0; i < users; i++) {
            User user = new User(port);
            user.begin();
            this.users.add(user);
        }
    }

    /** Returns how many pages were served in a second. */
    double measure(double seconds) throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        List<Future<Long>> counts = new ArrayList<>();
        for (User user : users) {
            counts.add(threads.submit(() -> pagesUntil(end, user)));
        }
        long pages = 0;
        for (Future<Long> count : counts) {
            pages += count.get();
        }
        return pages * 1e9 / (System.nanoTime() - start);
    }

    private static long pagesUntil(long end, User user) {
        try {
            long pages = 0;
            while (System.nanoTime() < end) {
                user.readPage();
                pages++;
            }
            return pages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        for (User user : users) {
            user.close();
        }
    }
}
