package dev.larder.conformance.redis;

import dev.larder.testkit.server.RedisServer;
import dev.larder.testkit.server.Resp;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hears of every request that a server gets, by the server's own MONITOR, and tells those of users' calls: not those of connections
 * that track keys, nor what scripts do, nor the HELLO by which each connection asks once a second who is at its other end. For one thread.
 */
final class RequestMonitor implements AutoCloseable {

    /** As in {@code +1339518083.107412 [0 127.0.0.1:60866] "GET" "k"}. */
    private static final Pattern LINE = Pattern.compile("\\+\\S+ \\[\\d+ (\\S+)] \"([^\"]+)\"(.*)");

    private static final Pattern TRACKING_CLIENT = Pattern.compile("addr=(\\S+) .*flags=\\S*t");

    private final RedisServer server;
    private final Socket socket;
    private final BufferedReader lines;
    private final Resp own;

    /** The addresses of connections that are none of a user's call, those that are closed included. */
    private final Set<String> addresses = new HashSet<>();

    RequestMonitor(RedisServer server) {
        this.server = server;
        try {
            socket = new Socket(server.host(), server.port());
            socket.setSoTimeout(30_000);
            lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write("MONITOR\r\n".getBytes(StandardCharsets.US_ASCII));
            lines.readLine(); // +OK
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        own = server.connect();
    }

    /** Returns the names of the requests that come while something is done, in their order. */
    List<String> during(Runnable action) {
        requestsUntilNow();
        action.run();
        return requestsUntilNow();
    }

    /** Returns the names of the requests since this was called last. */
    List<String> requestsUntilNow() {
        String mark = UUID.randomUUID().toString();
        Set<String> apart = apart();
        own.call("ECHO", mark);
        List<String> names = new ArrayList<>();
        for (Matcher line = next(); !line.group(3).contains(mark); line = next()) {
            String name = line.group(2).toUpperCase(Locale.ROOT);
            if (!apart.contains(line.group(1)) && !line.group(1).equals("lua") && !name.equals("HELLO")) {
                names.add(name);
            }
        }
        return names;
    }

    private Set<String> apart() {
        addresses.add(Objects.toString(own.call("CLIENT", "INFO")).replaceAll("(?s).* addr=(\\S+) .*", "$1"));
        Arrays.stream(Objects.toString(own.call("CLIENT", "LIST")).split("\n", -1))
                .map(TRACKING_CLIENT::matcher)
                .filter(Matcher::find)
                .forEach(client -> addresses.add(client.group(1)));
        return addresses;
    }

    private Matcher next() {
        try {
            Matcher line = LINE.matcher(Objects.requireNonNull(lines.readLine(), () -> server + " ended the monitor"));
            if (!line.matches()) {
                throw new IllegalStateException("not a line of MONITOR");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        own.close();
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
