package dev.larder.servlet;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** How many bytes text is in an encoding: exact for UTF-8 and for encodings of one byte, otherwise no fewer than there will be. */
final class EncodedLength {

    private final boolean isUtf8;
    private final int mostPerChar;

    private EncodedLength(Charset charset) {
        isUtf8 = charset.equals(StandardCharsets.UTF_8);
        mostPerChar = (int) Math.ceil(charset.newEncoder().maxBytesPerChar());
    }

    static EncodedLength in(String charset) {
        return new EncodedLength(Charset.forName(charset));
    }

    long of(String text, int offset, int count) {
        if (!isUtf8) {
            return (long) mostPerChar * count;
        }
        long bytes = 0;
        for (int i = offset; i < offset + count; i++) {
            bytes += of(text.charAt(i));
        }
        return bytes;
    }

    /** A half of a surrogate pair counts half of its 4 bytes. */
    int of(char one) {
        if (!isUtf8) {
            return mostPerChar;
        }
        if (one < 0x80) {
            return 1;
        }
        return one < 0x800 || Character.isSurrogate(one) ? 2 : 3;
    }
}
