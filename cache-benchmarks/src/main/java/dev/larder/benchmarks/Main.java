package dev.larder.benchmarks;

import dev.larder.benchmarks.report.Environment;
import dev.larder.benchmarks.report.HtmlReport;
import dev.larder.benchmarks.report.MarkdownReport;
import dev.larder.benchmarks.report.Report;
import dev.larder.benchmarks.report.TextTable;
import dev.larder.benchmarks.run.InterleavedRun;
import dev.larder.benchmarks.run.Row;
import dev.larder.benchmarks.run.RowResult;
import dev.larder.benchmarks.run.Rows;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Measures, and writes the report. Progress goes to the error stream, the table to the output. */
public final class Main {
    private static final String COMMAND = "java -jar cache-benchmarks/target/benchmarks.jar";

    private Main() {}

    /** Takes {@link Options}, or {@code jmh} and what JMH takes. */
    public static void main(String[] arguments) throws Exception {
        List<String> words = List.of(arguments);
        if (words.contains("--help")) {
            System.out.print(Options.USAGE);
        } else if (!words.isEmpty() && words.get(0).equals("jmh")) {
            org.openjdk.jmh.Main.main(words.subList(1, words.size()).toArray(String[]::new));
        } else if (words.contains("--list")) {
            rows().forEach(row -> System.out.printf("%-32s %s%n", row.id(), row.title()));
        } else {
            measure(Options.parse(words, fromJar("report")));
        }
    }

    private static void measure(Options options) throws IOException, InterruptedException {
        List<Row> rows = options.select(rows());
        Environment environment = Environment.here();
        List<RowResult> results =
                new InterleavedRun(rows, options.rounds(), options.effort(), System.err::println).run();
        Report report = new Report(environment, options.rounds(), COMMAND + options.withoutRows(), results);
        System.out.println(TextTable.summaryOf(report));
        Files.createDirectories(options.output());
        write(options.output().resolve("benchmarks.md"), MarkdownReport.render(report));
        write(options.output().resolve("benchmarks.html"), HtmlReport.render(report));
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        System.out.println("written: " + file);
    }

    private static List<Row> rows() throws IOException {
        Path directory = Traces.directory(fromJar("../.."));
        List<Path> traces = Traces.in(directory);
        if (traces.isEmpty()) {
            System.err.println(
                    "no traces in " + directory + ": their rows are left out (-D" + Traces.PROPERTY + "=...)");
        }
        return Rows.all(traces);
    }

    /** Returns a path seen from the jar of this program. */
    private static Path fromJar(String relative) {
        try {
            URI jar = Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            return Path.of(jar.resolve(relative)).normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
