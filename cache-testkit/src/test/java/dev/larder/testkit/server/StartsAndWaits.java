package dev.larder.testkit.server;

import java.io.IOException;

/** A program that starts a server, prints the number of its process, and waits to be killed. */
final class StartsAndWaits {

    private StartsAndWaits() {}

    public static void main(String[] args) throws IOException {
        RedisServer gone = RedisServer.start();
        gone.close();
        RedisServer redis = RedisServer.start();
        System.out.println(redis.pid());
        int end = System.in.read();
        System.exit(end);
    }
}
