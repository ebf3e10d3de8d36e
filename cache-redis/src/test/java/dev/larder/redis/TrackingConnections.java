package dev.larder.redis;

import dev.larder.testkit.server.RedisServer;
import dev.larder.testkit.server.Resp;
import dev.larder.testkit.server.SecuredCluster;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The connections of the user for caches by which a server tells of changes, as the server itself sees them. */
final class TrackingConnections {

    private TrackingConnections() {}

    /** Returns how many there are. */
    static int at(RedisServer server) {
        try (Resp admin = server.connect()) {
            return ids(admin).size();
        }
    }

    /** Cuts them. */
    static void cut(RedisServer server) {
        try (Resp admin = server.connect()) {
            ids(admin).forEach(id -> admin.call("CLIENT", "KILL", "ID", id));
        }
    }

    private static List<String> ids(Resp admin) {
        return Arrays.stream(("" + admin.call("CLIENT", "LIST")).split("\n"))
                .filter(line -> value(line, "user").equals(SecuredCluster.USER)
                        && value(line, "flags").contains("t"))
                .map(line -> value(line, "id"))
                .toList();
    }

    private static String value(String line, String name) {
        return Stream.of(line.split(" "))
                .filter(each -> each.startsWith(name + "="))
                .map(each -> each.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }
}
