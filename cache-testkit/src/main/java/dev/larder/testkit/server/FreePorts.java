package dev.larder.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Finds ports of 127.0.0.1 to which nothing listens.
 *
 * <p>They lie below those that systems give to outgoing connections, as one of these could take the port before the server
 * does, or while it is being restarted. For the same reason no port is given out twice, and JVMs that run at the same time have blocks of ports of
 * their own: a JVM listens to the first port of its block as long as it lives.
 */
final class FreePorts {

    private static final int FIRST = 12_000;
    private static final int BLOCKS = 40;
    private static final int BLOCK = 250;

    /** From the port of a server to that of its bus, by which the nodes of a cluster talk; so Redis has it. */
    static final int BUS_OFFSET = 10_000;

    private static final List<ServerSocket> CLAIMS = new ArrayList<>();
    private static int next;
    private static int end;

    private FreePorts() {}

    /** Returns a port that is free, as is the one of its bus. */
    static synchronized int next() {
        int port;
        do {
            if (next == end) {
                claimBlock();
            }
            port = next++;
        } while (!isFree(port) || !isFree(port + BUS_OFFSET));
        return port;
    }

    private static void claimBlock() {
        int start = ThreadLocalRandom.current().nextInt(BLOCKS);
        for (int i = 0; i < BLOCKS; i++) {
            int first = FIRST + (start + i) % BLOCKS * BLOCK;
            ServerSocket claim = listen(first);
            if (claim != null) {
                CLAIMS.add(claim);
                next = first + 1;
                end = first + BLOCK;
                return;
            }
        }
        throw new IllegalStateException(
                "no block of free ports found between " + FIRST + " and " + (FIRST + BLOCKS * BLOCK));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = listen(port)) {
            return socket != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable ServerSocket listen(int port) {
        try {
            return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            return null;
        }
    }
}
