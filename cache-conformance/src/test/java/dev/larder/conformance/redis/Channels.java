package dev.larder.conformance.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.store.StoreException;
import dev.larder.testkit.server.RedisServer;
import dev.larder.testkit.server.Resp;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The channels by which a server tells its clients of what changes for all. */
final class Channels {

    private Channels() {}

    /** Kills all of them, when so many are there: those killed before are back. */
    static void kill(RedisServer server, int count) {
        try (Resp admin = server.connect()) {
            await().atMost(Duration.ofSeconds(60)).until(() -> of(admin).size() == count);
            of(admin).forEach(id -> admin.call("CLIENT", "KILL", "ID", id));
        }
    }

    private static List<String> of(Resp admin) {
        return ("" + admin.call("CLIENT", "LIST"))
                .lines()
                .filter(line -> line.matches(".* flags=\\S*t.*"))
                .map(line -> line.replaceFirst("id=(\\d+) .*", "$1"))
                .toList();
    }

    /** The one who drops something has lost its channel as well, over which it asks. */
    static void dropPatiently(Runnable drop) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try {
                drop.run();
                return;
            } catch (StoreException e) {
                assertThat(System.nanoTime() - end).as(e.getMessage()).isNegative();
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
