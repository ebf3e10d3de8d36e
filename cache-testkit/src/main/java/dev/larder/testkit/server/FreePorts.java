package dev.larder.testkit.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds ports of 127.0.0.1 to which nothing listens.
 *
 * <p>They lie below those that systems give to outgoing connections, as one of these could take the port before the server
 * does, or while it is being restarted. No port is given out twice in this JVM.
 */
final class FreePorts {

    private static final int FIRST = 12_000;
    private static final int END = 22_000;
    private static final int TRIES = 1_000;

    /** From the port of a server to that of its bus, by which the nodes of a cluster talk; so Redis has it. */
    static final int BUS_OFFSET = 10_000;

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePorts() {}

    /** Returns a port that is free, as is the one of its bus. */
    static int next() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (GIVEN.add(port) && isFree(port) && isFree(port + BUS_OFFSET)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port found between " + FIRST + " and " + END);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
