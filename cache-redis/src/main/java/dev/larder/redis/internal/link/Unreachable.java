package dev.larder.redis.internal.link;

import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says why there is no connection, and which setting helps. */
final class Unreachable {

    private static final String NO_RESP3 =
            "it speaks RESP2 alone, or what stands before it does, and the store needs RESP3 (HELLO 3) of Redis 6.2 or newer; let \"uri\" or "
                    + "\"nodes\" lead to such a server itself";

    /** Stands for what the provider of the credentials says. */
    private static final String CREDENTIALS = "credentials";

    private static final String CLOSED =
            "it closed the connection before the greetings were over; if it speaks TLS, let the address begin with rediss://, if it does not, "
                    + "with redis://";

    /** A server that does not speak TLS waits for the rest of what it takes for the first command. */
    private static final String SILENT =
            "it timed out: nobody answered; look at host and port, and at the firewall or security group; let the address begin with rediss:// "
                    + "if the server speaks TLS, and with redis:// if it does not; if it is slow alone, raise \"connectTimeout\"";

    private static final String OTHER_HOST =
            "its certificate is that of another host; connect by a name or address that stands in it; if the cluster or a sentinel announced it, see "
                    + "\"TLS\" in docs/redis.md";

    /** What the failure, or one that caused it, says, and what that means; the first that fits. */
    private static final List<Map.Entry<String, String>> MEANINGS = List.of(
            Map.entry("NotAfter", "its certificate, or that of its authority, has expired; renew it there"),
            Map.entry("NotBefore", "its certificate is not valid yet; compare the clocks of both machines"),
            Map.entry("No subject alternative", OTHER_HOST),
            Map.entry("No name matching", OTHER_HOST),
            Map.entry(
                    "certification path",
                    "its certificate was signed by nobody who is trusted; write the file of its authority into \"trust\" of \"tls\""),
            Map.entry(
                    "certificate_required",
                    "it asks for a certificate of the client; write \"certificate\" and \"key\" into \"tls\""),
            Map.entry(
                    "bad_certificate",
                    "it does not take the client's certificate; look at \"certificate\" or \"keyStore\" of \"tls\""),
            Map.entry("not an SSL/TLS record", "it does not speak TLS; let the address begin with redis://"),
            Map.entry("NOAUTH", "it asks who the store is; write \"auth\""),
            Map.entry("WRONGPASS", CREDENTIALS),
            Map.entry("NOPERM", "its ACL does not let the user connect; docs/redis.md has the line that is needed"),
            Map.entry("NOPROTO", NO_RESP3),
            Map.entry("unknown command 'HELLO'", NO_RESP3),
            Map.entry("unknown command `HELLO`", NO_RESP3),
            Map.entry("cluster support disabled", "it is no node of a cluster; leave \"topology\" out"),
            Map.entry(
                    "max number of clients",
                    "it has reached its max number of clients; raise maxclients there, or let fewer JVMs connect"),
            Map.entry(
                    "UnknownHostException",
                    "there is no such host; look at the address, and at what this machine asks for names"),
            Map.entry(
                    "Connection refused",
                    "it refused the connection: nobody listens there; see whether it runs, and look at host and port"),
            Map.entry(
                    "RedisProtocolException",
                    "what answers there is no Redis; look at host and port, and at proxies between"),
            Map.entry("closed prematurely", CLOSED),
            Map.entry("Connection reset", CLOSED),
            // the last ones, as whoever waits for one of many nodes may have heard more from another
            Map.entry("timed out", SILENT),
            Map.entry("TimeoutException", SILENT));

    private Unreachable() {}

    static StoreException of(String server, Access access, Throwable failure) {
        Told told = Told.by(access, failure);
        String reason = told.meaning == null ? told.last : told.meaning;
        return new StoreException(server + " cannot be reached: " + reason, Applied.NO, failure);
    }

    /** Returns what the failure says in the end, and what that means. */
    static String why(Access access, Throwable failure) {
        Told told = Told.by(access, failure);
        return told.meaning == null ? told.last : told.last + "; " + told.meaning;
    }

    /**
     * What a failure tells.
     *
     * @param last what the first cause of all says
     */
    private record Told(@Nullable String meaning, String last) {

        static Told by(Access access, Throwable failure) {
            List<String> told = new ArrayList<>();
            Throwable last = failure;
            for (Throwable cause = failure; cause != null && told.size() < 20; cause = cause.getCause()) {
                told.add(cause + suppressedBy(cause));
                last = cause;
            }
            String all = String.join("\n", told);
            String meaning = MEANINGS.stream()
                    .filter(each -> all.contains(each.getKey()))
                    .map(each -> each.getValue().equals(CREDENTIALS) ? access.whenRefused() : each.getValue())
                    .findFirst()
                    .orElse(null);
            return new Told(meaning, String.valueOf(last.getMessage()));
        }
    }

    /** lettuce tells what each node of a cluster said by what it suppresses. */
    private static String suppressedBy(Throwable failure) {
        StringBuilder told = new StringBuilder();
        for (Throwable suppressed : failure.getSuppressed()) {
            for (Throwable cause = suppressed; cause != null; cause = cause.getCause()) {
                told.append('\n').append(cause);
            }
        }
        return told.toString();
    }
}
