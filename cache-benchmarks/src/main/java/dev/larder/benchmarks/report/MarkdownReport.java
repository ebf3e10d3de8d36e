package dev.larder.benchmarks.report;

import dev.larder.benchmarks.run.RowResult;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a report as Markdown. */
public final class MarkdownReport {

    private MarkdownReport() {}

    public static String render(Report report) {
        StringBuilder text = new StringBuilder("# Benchmarks\n\n");
        for (List<String> fact : report.environment().facts()) {
            text.append("- ")
                    .append(fact.get(0))
                    .append(": ")
                    .append(fact.get(1))
                    .append('\n');
        }
        text.append('\n').append(Wording.summary(report.rounds())).append("\n\n");
        append(Table.summary(report), text);
        for (RowResult result : report.results()) {
            text.append("\n## ").append(result.row().title()).append("\n\n    ");
            text.append(report.commandFor(result)).append("\n\n");
            append(Table.of(result), text);
            text.append('\n').append(Wording.EVERY_RUN).append("\n\n");
            append(Table.everyRun(result, report.rounds()), text);
        }
        return text.toString();
    }

    private static void append(Table table, StringBuilder text) {
        appendLine(table.heading(), text);
        appendLine(table.heading().stream().map(cell -> "---").toList(), text);
        table.lines().forEach(line -> appendLine(line, text));
    }

    private static void appendLine(List<String> cells, StringBuilder text) {
        text.append(cells.stream().map(MarkdownReport::escape).collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    /** A message of a failure may have several lines. */
    private static String escape(String cell) {
        return cell.replace("|", "\\|").replaceAll("\\s+", " ");
    }
}
