package dev.larder.conformance.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TckVerdictTest {
    private static final String EXCLUSION = "INFO: ===== EXCLUDING TEST '%s'\t'%s'.%n";

    @TempDir
    Path reports;

    @BeforeEach
    void dummyIsExcluded() throws IOException {
        writeOutput(EXCLUSION.formatted("org.jsr107.tck.CachingTest", "dummyTest"));
    }

    @Test
    void completeRunHasNoComplaint() throws IOException {
        writeReport("PutTest", "<testcase classname='PutTest' name='a'/><testcase classname='PutTest' name='b'/>");
        writeReport("GetTest", "<testcase classname='GetTest' name='a'><system-out>x</system-out></testcase>");

        assertThat(TckVerdict.complaints(TckReports.read(reports), 3)).isEmpty();
    }

    @Test
    void missingTestIsNoticed() throws IOException {
        writeReport("PutTest", "<testcase classname='PutTest' name='a'/>");

        assertThat(TckVerdict.complaints(TckReports.read(reports), 2))
                .containsExactly("only 1 of 2 tests of the TCK ran and passed");
    }

    @Test
    void emptyDirectoryIsNoticed() {
        assertThat(TckVerdict.complaints(TckReports.read(reports), 479)).hasSize(1);
    }

    @Test
    void missingDirectoryIsNoticed() {
        assertThatThrownBy(() -> TckReports.read(reports.resolve("none"))).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void failureErrorAndSkippedAreNoticed() throws IOException {
        writeReport("PutTest", """
                <testcase classname='PutTest' name='good'/>
                <testcase classname='PutTest' name='fails'><failure message='x'/></testcase>
                <testcase classname='PutTest' name='throws'><error message='x'/></testcase>
                <testcase classname='PutTest' name='skips'><skipped/></testcase>
                """);

        assertThat(TckVerdict.complaints(TckReports.read(reports), 1))
                .containsExactly("failed or skipped: [PutTest#fails, PutTest#throws, PutTest#skips]");
    }

    @Test
    void testThatTheTckLeftOutIsNoticed() throws IOException {
        writeReport("PutTest", "<testcase classname='PutTest' name='a'/>");
        Files.writeString(
                reports.resolve("ByReference-output.txt"),
                EXCLUSION.formatted("org.jsr107.tck.StoreByReferenceTest", "get_Existing"));

        assertThat(TckVerdict.complaints(TckReports.read(reports), 1))
                .singleElement()
                .asString()
                .contains("org.jsr107.tck.StoreByReferenceTest#get_Existing");
    }

    @Test
    void unusedExcludeListIsNoticed() throws IOException {
        writeReport("PutTest", "<testcase classname='PutTest' name='a'/>");
        writeOutput("");

        assertThat(TckVerdict.complaints(TckReports.read(reports), 1)).hasSize(1);
    }

    private void writeReport(String name, String cases) throws IOException {
        Files.writeString(reports.resolve("TEST-" + name + ".xml"), "<testsuite>" + cases + "</testsuite>");
    }

    private void writeOutput(String text) throws IOException {
        Files.writeString(reports.resolve("org.jsr107.tck.CachingTest-output.txt"), text);
    }
}
