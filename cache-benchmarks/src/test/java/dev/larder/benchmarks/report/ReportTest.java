package dev.larder.benchmarks.report;

import static dev.larder.benchmarks.subject.Library.CACHE2K;
import static dev.larder.benchmarks.subject.Library.CAFFEINE;
import static dev.larder.benchmarks.subject.Library.LARDER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.benchmarks.run.Effort;
import dev.larder.benchmarks.run.InterleavedRun;
import dev.larder.benchmarks.run.Row;
import dev.larder.benchmarks.run.Sample;
import dev.larder.benchmarks.run.TestRows;
import dev.larder.benchmarks.subject.Library;
import java.io.StringReader;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** Raw Caffeine takes 10 ns in the first of two rounds and 20 in the second, Larder half of that; cache2k fails. */
class ReportTest {
    private static final Environment ENVIRONMENT =
            new Environment("2026-01-31", "a <fast> machine", "some JVM", "0.5", "Larder 0.1.0");

    private Report report;
    private int calls;

    @BeforeEach
    void measure() throws InterruptedException {
        Row row = TestRows.row(this::take, LARDER, CAFFEINE, CACHE2K);
        report = new Report(
                ENVIRONMENT,
                2,
                "java -jar benchmarks.jar",
                new InterleavedRun(List.of(row), 2, Effort.ONCE, line -> {}).run());
    }

    private Sample take(Library library, Effort effort) {
        if (library == CACHE2K) {
            throw new IllegalStateException("no <such> cache");
        }
        double raw = calls++ < 2 ? 10 : 20;
        return TestRows.sample(library == LARDER ? raw / 2 : raw);
    }

    @Test
    void summaryHasTheRatioTheGoalAndWhatTheBaselineTook() {
        Table summary = Table.summary(report);

        assertThat(summary.heading())
                .containsExactly(
                        "",
                        "goal",
                        "reached",
                        "Larder by CPU",
                        "Larder B/op",
                        "Larder",
                        "Caffeine, synchronous",
                        "cache2k-jcache");
        assertThat(summary.lines())
                .containsExactly(
                        List.of("made up & measured", "1 ×, 8 B/op", "yes", "2 ×", "8", "2 ×", "15 ns/op", ""));
    }

    @Test
    void textIsInColumns() {
        Table table = new Table(List.of("", "long heading"), List.of(List.of("a row", "1"), List.of("b", "22")));

        assertThat(TextTable.render(table)).isEqualTo("""
                               long heading
                        a row             1
                        b                22
                        """);
    }

    @Test
    void markdownHasEveryRunAndTheCommandThatRepeatsIt() {
        String markdown = MarkdownReport.render(report);

        assertThat(markdown)
                .contains("- Machine: a <fast> machine")
                .contains("    java -jar benchmarks.jar --row made-up\n")
                .contains("| Larder | 7.50 (5–10) | 2 | 2 | 8 | 15 (10–20) |")
                .contains("| Larder | 5 | 10 |")
                .contains("| cache2k-jcache | failed: java.lang.IllegalStateException: no <such> cache |");
    }

    @Test
    void htmlHasTheSameAndIsEscaped() {
        String html = HtmlReport.render(report);

        assertThat(html)
                .contains("<dd>a &lt;fast&gt; machine</dd>")
                .contains("<code>java -jar benchmarks.jar --row made-up</code>")
                .contains("made up &amp; measured")
                .contains("<td>7.50 (5–10)</td>")
                .contains("no &lt;such&gt; cache");
    }

    @Test
    void htmlNeedsNothingFromElsewhere() {
        assertThat(HtmlReport.render(report))
                .doesNotContain("http")
                .doesNotContain("<script")
                .doesNotContain("<link")
                .doesNotContain("@import")
                .doesNotContain("url(");
    }

    @Test
    void htmlIsReadableOnDarkScreens() {
        assertThat(HtmlReport.render(report)).contains("prefers-color-scheme: dark");
    }

    @Test
    void barsAreAsLongAsTheRatios() throws Exception {
        Document chart = chart();

        assertThat(widthOfBar(chart, "larder")).isEqualTo(2 * widthOfBar(chart, "raw"));
    }

    @Test
    void libraryWithoutFiguresHasNoBar() throws Exception {
        assertThat(chart().getElementsByTagName("rect").getLength()).isEqualTo(2);
    }

    private Document chart() throws Exception {
        Matcher svg = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(HtmlReport.render(report));
        assertThat(svg.find()).isTrue();
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg.group())));
    }

    private static double widthOfBar(Document chart, String style) {
        for (int i = 0; i < chart.getElementsByTagName("rect").getLength(); i++) {
            Element bar = (Element) chart.getElementsByTagName("rect").item(i);
            if (bar.getAttribute("class").equals(style)) {
                return Double.parseDouble(bar.getAttribute("width"));
            }
        }
        throw new AssertionError("no bar of style " + style);
    }
}
