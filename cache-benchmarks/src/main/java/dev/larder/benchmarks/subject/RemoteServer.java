package dev.larder.benchmarks.subject;

import dev.larder.testkit.server.RedisServer;
import java.net.URI;
import java.time.Duration;

/** The Redis server of this JVM, on a free port: started when it is first asked for, ended with the JVM. */
final class RemoteServer {

    /** How long an answer may take: what a library does without one is not what is measured. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final RedisServer SERVER = RedisServer.start();

    private RemoteServer() {}

    /** Returns the address of the server, after all that was on it is gone. */
    static URI emptied() {
        SERVER.call("FLUSHALL");
        return URI.create(SERVER.uri());
    }
}
