package dev.larder.redis.auth;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a password from a file. Reads it anew each time: it is small, and a changed one need not have a changed date. */
final class PasswordFile implements CredentialsProvider {

    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 64 * 1024;

    private final @Nullable String username;
    private final Path file;

    PasswordFile(@Nullable String username, Path file) {
        this.username = username;
        this.file = Objects.requireNonNull(file, "file");
    }

    @Override
    public Grant grant() {
        String password = withoutLineBreaks(read());
        if (password.isEmpty()) {
            throw new CredentialsException("the password file " + file + " is empty; write the password into it");
        }
        return Grant.askedAgainAfter(INTERVAL, Credentials.of(username, password));
    }

    private String read() {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new CredentialsException(
                        "the password file " + file + " has more than " + MAX_BYTES + " bytes; is it the right file?");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CredentialsException(
                    "the password file " + file + " cannot be read; does it exist, and may this process read it?", e);
        }
    }

    private static String withoutLineBreaks(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(0, end);
    }

    @Override
    public String toString() {
        return "PasswordFile[" + file + "]";
    }
}
