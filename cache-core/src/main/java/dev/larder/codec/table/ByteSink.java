package dev.larder.codec.table;

import dev.larder.codec.BoundedOutput;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Writes the primitives of the table's format: numbers big-endian, lengths as varints. For one thread. */
final class ByteSink {

    private final BoundedOutput output;

    ByteSink(int limit) {
        this.output = new BoundedOutput(limit);
    }

    ByteSink octet(int value) {
        output.write(value);
        return this;
    }

    /** Seven bits a byte, the lowest first, the top bit set on all but the last. */
    ByteSink varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            output.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        output.write((int) rest);
        return this;
    }

    /** A varint in which small negative numbers are short, too. */
    ByteSink signed(long value) {
        return varint((value << 1) ^ (value >> 63));
    }

    ByteSink fixed16(int value) {
        return octet(value >>> 8).octet(value);
    }

    ByteSink fixed32(int value) {
        return fixed16(value >>> 16).fixed16(value);
    }

    ByteSink fixed64(long value) {
        return fixed32((int) (value >>> 32)).fixed32((int) value);
    }

    ByteSink raw(byte[] bytes) {
        output.write(bytes, 0, bytes.length);
        return this;
    }

    /** Bytes with their length before them. */
    ByteSink bytes(byte[] bytes) {
        return varint(bytes.length).raw(bytes);
    }

    /** Text in which every surrogate has its partner, as UTF-8. */
    ByteSink text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] toByteArray() {
        return output.toByteArray();
    }

    /** Whether UTF-8 keeps this text; half of a surrogate pair would become a question mark. */
    static boolean isUnicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return isEncodable(text);
            }
        }
        return true;
    }

    private static boolean isEncodable(String text) {
        try {
            ByteBuffer unused = StandardCharsets.UTF_8
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .encode(CharBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException half) {
            return false;
        }
    }
}
