package dev.larder.benchmarks.sessions;

import dev.larder.testkit.fault.TcpProxy;
import dev.larder.testkit.server.RedisServer;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is sent to Redis while pages that read the session are served, counted on the wire.
 *
 * @param pages how many were served
 * @param byCommand how many requests there were of each command
 */
record RequestCount(int pages, Map<String, Long> byCommand) {

    static RequestCount of(Contender contender, RedisServer redis, int pages) throws IOException {
        try (TcpProxy wire = TcpProxy.to(redis.host(), redis.port());
                Application application = Application.start(contender, wire.port());
                User user = new User(application.port())) {
            user.begin();
            user.readPage();
            wire.forgetRequests();
            for (int i = 0; i < pages; i++) {
                user.readPage();
            }
            return new RequestCount(pages, new TreeMap<>(wire.requestsByCommand()));
        }
    }

    /** Returns the requests for a page, with those that are sent from time to time whatever happens. */
    double perPage() {
        return byCommand.values().stream().mapToLong(Long::longValue).sum() / (double) pages;
    }
}
