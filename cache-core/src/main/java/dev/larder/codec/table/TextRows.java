package dev.larder.codec.table;

import dev.larder.codec.CodecException;
import dev.larder.codec.UndecodableException;
import java.net.URI;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Text, and what is written as text. */
final class TextRows {

    private static final int UTF_8 = 20;
    private static final int UTF_16 = 21;

    private TextRows() {}

    static List<Row<?>> all() {
        return List.of(
                new Row<>(UTF_8, String.class, ByteSink::text, ByteSource::text),
                new Row<>(
                        22,
                        UUID.class,
                        (to, value) ->
                                to.fixed64(value.getMostSignificantBits()).fixed64(value.getLeastSignificantBits()),
                        from -> new UUID(from.fixed64(), from.fixed64())),
                new Row<>(23, URI.class, (to, value) -> to.text(value.toString()), from -> URI.create(from.text())),
                new Row<>(
                        24,
                        Locale.class,
                        (to, value) -> to.text(languageTag(value)),
                        from -> Locale.forLanguageTag(from.text())),
                new Row<>(
                        25,
                        Currency.class,
                        (to, value) -> to.text(value.getCurrencyCode()),
                        from -> Currency.getInstance(from.text())));
    }

    /** The row for text with half a surrogate pair in it, which UTF-8 cannot express. */
    static Row<String> unpaired() {
        return new Row<>(UTF_16, String.class, TextRows::writeChars, TextRows::readChars);
    }

    private static void writeChars(ByteSink to, String text) {
        to.varint(text.length());
        text.chars().forEach(to::fixed16);
    }

    private static String readChars(ByteSource from) {
        char[] chars = new char[from.length(2)];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) from.fixed16();
        }
        String text = new String(chars);
        if (ByteSink.isUnicode(text)) {
            throw new UndecodableException("text in the form for unpaired surrogates without one");
        }
        return text;
    }

    private static String languageTag(Locale locale) {
        String tag = locale.toLanguageTag();
        if (!Locale.forLanguageTag(tag).equals(locale)) {
            throw new CodecException("a java.util.Locale without a proper language tag cannot be stored");
        }
        return tag;
    }
}
