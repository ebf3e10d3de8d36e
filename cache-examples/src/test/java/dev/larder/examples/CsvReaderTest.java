package dev.larder.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvReaderTest {

    @Test
    void commasPartFields() throws IOException {
        assertThat(read("a,b,c\n1,2,3\n")).containsExactly(List.of("a", "b", "c"), List.of("1", "2", "3"));
    }

    @Test
    void fieldsMayBeEmpty() throws IOException {
        assertThat(read(",b,\n,,\n")).containsExactly(List.of("", "b", ""), List.of("", "", ""));
    }

    @Test
    void quotedFieldMayHoldCommas() throws IOException {
        assertThat(read("641,\"Harstad/Narvik Airport, Evenes\",Norway\n"))
                .containsExactly(List.of("641", "Harstad/Narvik Airport, Evenes", "Norway"));
    }

    @Test
    void doubledQuoteInQuotedFieldIsOne() throws IOException {
        assertThat(read("\"Magdeburg \"\"City\"\" Airport\",\"\"\"\",\"\"\n"))
                .containsExactly(List.of("Magdeburg \"City\" Airport", "\"", ""));
    }

    @Test
    void quotedFieldMayHoldLineBreaks() throws IOException {
        assertThat(read("\"a\nb\",c\n")).containsExactly(List.of("a\nb", "c"));
    }

    @Test
    void lastLineNeedsNoBreak() throws IOException {
        assertThat(read("a,b\nc,\"d\"")).containsExactly(List.of("a", "b"), List.of("c", "d"));
    }

    @Test
    void linesMayEndAsOnWindows() throws IOException {
        assertThat(read("a,b\r\nc,\"d\"\r\n")).containsExactly(List.of("a", "b"), List.of("c", "d"));
    }

    @Test
    void emptyLinesAreLeftOut() throws IOException {
        assertThat(read("\na\n\n\nb\n\n")).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void quoteThatIsNotClosedIsAnError() {
        assertThatThrownBy(() -> read("a,\"b\nc"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not closed");
    }

    private static List<List<String>> read(String text) throws IOException {
        return new CsvReader(new StringReader(text)).readAll();
    }
}
