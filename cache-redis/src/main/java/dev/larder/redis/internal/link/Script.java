package dev.larder.redis.internal.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A program that the server runs as one step, with the digest that it knows it by.
 */
public final class Script {

    private final String name;
    private final byte[] text;
    private final String digest;

    private Script(String name, byte[] text, String digest) {
        this.name = name;
        this.text = text;
        this.digest = digest;
    }

    /** Returns what it is called in messages. */
    public String name() {
        return name;
    }

    /** Returns the program. */
    public byte[] text() {
        return text;
    }

    /** Returns the SHA-1 of the text, in hexadecimal digits. */
    public String digest() {
        return digest;
    }

    /** Reads a script from files beside a class, one after the other. */
    public static Script of(Class<?> beside, String name, String... files) {
        StringBuilder text = new StringBuilder();
        for (String file : files) {
            text.append(read(beside, file));
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return new Script(name, bytes, sha1(bytes));
    }

    private static String read(Class<?> beside, String file) {
        try (InputStream in = beside.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the jar of cache-redis lacks " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha1(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
