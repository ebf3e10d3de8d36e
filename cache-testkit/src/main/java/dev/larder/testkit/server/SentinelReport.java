package dev.larder.testkit.server;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a sentinel says of the servers it watches: the reply to {@code SENTINEL MASTER}, names and values by turns. */
record SentinelReport(Map<String, String> values) {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    /** Asks a sentinel; nothing if it does not answer. */
    static Optional<SentinelReport> of(RedisServer sentinel, String name) {
        if (!sentinel.isRunning()) {
            return Optional.empty();
        }
        try (Resp connection = sentinel.connect(TIMEOUT)) {
            return connection.call("SENTINEL", "MASTER", name) instanceof List<?> reply
                    ? Optional.of(parse(reply))
                    : Optional.empty();
        } catch (UncheckedIOException | RespException e) {
            return Optional.empty();
        }
    }

    private static SentinelReport parse(List<?> reply) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i + 1 < reply.size(); i += 2) {
            values.put("" + reply.get(i), "" + reply.get(i + 1));
        }
        return new SentinelReport(values);
    }

    int port() {
        return number("port");
    }

    /** Returns whether it finds the primary well, and knows all others. */
    boolean isWhole(int replicas, int otherSentinels) {
        return "master".equals(values.get("flags"))
                && number("num-slaves") == replicas
                && number("num-other-sentinels") == otherSentinels;
    }

    private int number(String name) {
        return Integer.parseInt(values.getOrDefault(name, "-1"));
    }
}
