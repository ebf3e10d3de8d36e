package dev.larder.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/**
 * The files that a server needs for TLS.
 *
 * @param certificate its certificate, followed by that of the authority that signed it
 * @param key its private key, PKCS#8, not encrypted
 */
public record PemFiles(Path certificate, Path key) {

    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(64, new byte[] {'\n'});

    static PemFiles write(Path folder, String name, KeyAndChain content) {
        return new PemFiles(
                write(folder.resolve(name + ".crt"), "CERTIFICATE", content.encodedChain()),
                write(
                        folder.resolve(name + ".key"),
                        "PRIVATE KEY",
                        List.of(content.key().getEncoded())));
    }

    /** Writes a file, unless it is there: a server may be reading it. */
    static Path write(Path file, String label, List<byte[]> contents) {
        if (Files.exists(file)) {
            return file;
        }
        StringBuilder text = new StringBuilder();
        for (byte[] content : contents) {
            text.append("-----BEGIN " + label + "-----\n")
                    .append(BASE64.encodeToString(content))
                    .append("\n-----END " + label + "-----\n");
        }
        try {
            return Files.writeString(file, text, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
