package dev.larder.codec.frame;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Whose keys they are: all keys of a cache begin with the bytes of its key space. These are a format byte, namespace and
 * cache with their lengths before them, and the epoch; namespace "shop", cache "users" and epoch 2 make
 *
 * <pre>
 *     4B              K, the format
 *     00 04 73686F70  4 bytes, "shop"
 *     00 05 7573657273
 *     00 00 00 00 00 00 00 02
 * </pre>
 *
 * <p>Lengths and not separators, so that no choice of names makes one cache's keys into another's.
 *
 * @param namespace keeps applications apart that share a server; may be empty
 * @param cache the name of the cache
 * @param epoch a random number that a clear replaces, after which no key of before can be formed
 */
public record KeySpace(String namespace, String cache, long epoch) {

    private static final int FORMAT = 0x4B;
    private static final int MAX_NAME_BYTES = 0xFFFF;

    /** Checks that both names can be written. */
    public KeySpace {
        utf8("namespace", namespace);
        utf8("cache", cache);
    }

    /** Returns the same names with another epoch. */
    public KeySpace withEpoch(long newEpoch) {
        return new KeySpace(namespace, cache, newEpoch);
    }

    /** Returns what every key in this space begins with, and no key of another. */
    public byte[] prefix() {
        ByteArrayOutputStream prefix = new ByteArrayOutputStream();
        prefix.write(FORMAT);
        append(prefix, utf8("namespace", namespace));
        append(prefix, utf8("cache", cache));
        prefix.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(epoch).array());
        return prefix.toByteArray();
    }

    private static void append(ByteArrayOutputStream prefix, byte[] name) {
        prefix.write(name.length >>> 8);
        prefix.write(name.length);
        prefix.writeBytes(name);
    }

    /** Strictly: a lenient encoder would write half a surrogate pair as a question mark, and two names alike. */
    private static byte[] utf8(String what, String name) {
        Objects.requireNonNull(name, what);
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .encode(CharBuffer.wrap(name));
            if (encoded.remaining() > MAX_NAME_BYTES) {
                throw new IllegalArgumentException(
                        "the name of a " + what + " must not take more than " + MAX_NAME_BYTES + " bytes");
            }
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException malformed) {
            throw new IllegalArgumentException("the name of a " + what + " must be proper Unicode", malformed);
        }
    }
}
