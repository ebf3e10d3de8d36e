package dev.larder.benchmarks.sessions;

import dev.larder.testkit.server.RedisServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** A contender at work, and what is known of it so far. */
final class Candidate implements AutoCloseable {

    private final Contender contender;
    private final RequestCount count;
    private final Application application;
    private final Throughput throughput;
    private final List<Double> pagesPerSecond = new ArrayList<>();

    Candidate(Contender contender, RequestCount count, RedisServer redis, int users) throws IOException {
        this.contender = contender;
        this.count = count;
        this.application = Application.start(contender, redis.port());
        this.throughput = new Throughput(application.port(), users);
    }

    void warmUp(double seconds) throws InterruptedException, ExecutionException {
        double unused = throughput.measure(seconds);
    }

    void measure(double seconds) throws InterruptedException, ExecutionException {
        pagesPerSecond.add(throughput.measure(seconds));
    }

    Contender contender() {
        return contender;
    }

    RequestCount count() {
        return count;
    }

    /** Returns the pages served in a second, in the slowest round first. */
    List<Double> pagesPerSecond() {
        return pagesPerSecond.stream().sorted().toList();
    }

    double median() {
        return pagesPerSecond().get(pagesPerSecond.size() / 2);
    }

    @Override
    public void close() throws IOException {
        throughput.close();
        application.close();
    }
}
