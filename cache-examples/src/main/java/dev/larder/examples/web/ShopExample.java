package dev.larder.examples.web;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A shop with a login page and a cart, as two instances: it does not matter which one answers. */
public final class ShopExample {

    private static final String NO_SERVER = "none";
    private static final List<Integer> PORTS = List.of(8081, 8082);
    private static final Duration DEADLINE = Duration.ofSeconds(1);

    private ShopExample() {}

    /**
     * Starts the instances, and runs until it is stopped.
     *
     * @param arguments where Redis is, as in {@code redis://localhost:6379}, or {@code none} for no server; and the ports, 8081 and 8082 unless told otherwise
     */
    public static void main(String[] arguments) throws Exception {
        String redis = arguments.length == 0 ? NO_SERVER : arguments[0];
        SharedSessions sessions =
                redis.equals(NO_SERVER) ? SharedSessions.onTheHeap() : SharedSessions.on(URI.create(redis), DEADLINE);
        for (ShopInstance instance : start(sessions, ports(arguments))) {
            System.out.println("open " + instance.page("/"));
        }
        System.out.println("log in as alice, password wonderland, at the one, and go on at the other");
        Thread.currentThread().join();
    }

    private static List<Integer> ports(String[] arguments) {
        List<Integer> ports = new ArrayList<>();
        for (int i = 1; i < arguments.length; i++) {
            ports.add(Integer.valueOf(arguments[i]));
        }
        return ports.isEmpty() ? PORTS : ports;
    }

    /** Starts an instance at each port, 0 for any that is free. */
    static List<ShopInstance> start(SharedSessions sessions, List<Integer> ports) throws Exception {
        List<ShopInstance> instances = new ArrayList<>();
        for (int port : ports) {
            instances.add(ShopInstance.start(port, sessions.open()));
        }
        return instances;
    }
}
