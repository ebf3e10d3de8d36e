package dev.larder.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodedLengthTest {

    private static final String TEXT = "plain, größer, 10 €, 𝄞";

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "ISO-8859-1", "US-ASCII"})
    void isExact(String charset) {
        String text = charset.equals("UTF-8") ? TEXT : "plain";

        assertThat(EncodedLength.in(charset).of(text, 0, text.length()))
                .isEqualTo(text.getBytes(Charset.forName(charset)).length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-32", "GB18030", "Shift_JIS"})
    void isNeverTooSmall(String charset) {
        assertThat(EncodedLength.in(charset).of(TEXT, 0, TEXT.length()))
                .isGreaterThanOrEqualTo(TEXT.getBytes(Charset.forName(charset)).length);
    }
}
