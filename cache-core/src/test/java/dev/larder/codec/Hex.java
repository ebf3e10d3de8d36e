package dev.larder.codec;

import java.util.HexFormat;

/** Bytes as tests write them: hexadecimal digits, spaces between them as it pleases. */
public final class Hex {

    private Hex() {}

    public static byte[] bytes(String digits) {
        return HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
    }

    public static String of(byte[] bytes) {
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }
}
