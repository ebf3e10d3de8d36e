package dev.larder.benchmarks.sessions;

import dev.larder.testkit.server.RedisServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * Counts and measures all contenders in one run, by turns, and prints a table. Takes the number of rounds (5), the seconds of each
 * (5) and the number of users (4).
 */
public final class Main {

    private static final int COUNTED_PAGES = 2000;

    private Main() {}

    /** Runs it. */
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        double seconds = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 5;
        int users = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 4;
        try (RedisServer redis = RedisServer.start()) {
            run(redis, rounds, seconds, users);
        }
    }

    private static void run(RedisServer redis, int rounds, double seconds, int users)
            throws IOException, InterruptedException, ExecutionException {
        List<Candidate> candidates = new ArrayList<>();
        try {
            for (Contender contender : Contender.values()) {
                RequestCount count = RequestCount.of(contender, redis, COUNTED_PAGES);
                candidates.add(new Candidate(contender, count, redis, users));
            }
            measure(candidates, rounds, seconds);
            Report.print(System.out, candidates);
        } finally {
            for (Candidate candidate : candidates) {
                candidate.close();
            }
        }
    }

    private static void measure(List<Candidate> candidates, int rounds, double seconds)
            throws InterruptedException, ExecutionException {
        for (Candidate candidate : candidates) {
            candidate.warmUp(seconds);
        }
        for (int round = 0; round < rounds; round++) {
            for (Candidate candidate : candidates) {
                candidate.measure(seconds);
            }
        }
    }
}
