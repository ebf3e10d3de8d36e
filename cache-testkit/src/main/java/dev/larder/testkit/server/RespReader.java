package dev.larder.testkit.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the replies of RESP 2. An error that is a part of a reply is a {@link RespException} in its list. */
final class RespReader {

    private final InputStream in;

    RespReader(InputStream in) {
        this.in = in;
    }

    /**
     * Reads one reply.
     *
     * @param bulk makes of a bulk string what the caller wants to see
     * @throws RespException if the reply is an error
     */
    @Nullable
    Object read(Function<byte[], ?> bulk) throws IOException {
        Object reply = readPart(bulk);
        if (reply instanceof RespException error) {
            throw error;
        }
        return reply;
    }

    private @Nullable Object readPart(Function<byte[], ?> bulk) throws IOException {
        String line = readLine();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+' -> rest;
            case '-' -> new RespException(rest);
            case ':' -> Long.valueOf(rest);
            case '$' -> readBulk(Integer.parseInt(rest), bulk);
            case '*' -> readList(Integer.parseInt(rest), bulk);
            default -> throw new IOException("not a reply of RESP 2: " + line);
        };
    }

    private @Nullable Object readBulk(int length, Function<byte[], ?> bulk) throws IOException {
        if (length < 0) {
            return null;
        }
        byte[] content = in.readNBytes(length);
        readLine();
        return bulk.apply(content);
    }

    private @Nullable List<@Nullable Object> readList(int length, Function<byte[], ?> bulk) throws IOException {
        if (length < 0) {
            return null;
        }
        List<@Nullable Object> parts = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            parts.add(readPart(bulk));
        }
        return parts;
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
