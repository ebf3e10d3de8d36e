package dev.larder.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** Writes the summary for a terminal, in columns. */
public final class TextTable {

    private TextTable() {}

    public static String summaryOf(Report report) {
        return render(Table.summary(report));
    }

    static String render(Table table) {
        List<List<String>> all = new ArrayList<>();
        all.add(table.heading());
        all.addAll(table.lines());
        int[] widths = widths(all);
        StringBuilder text = new StringBuilder();
        for (List<String> line : all) {
            StringBuilder columns = new StringBuilder();
            for (int i = 0; i < line.size(); i++) {
                String padding = " ".repeat(widths[i] - line.get(i).length());
                // names to the left, figures to the right
                columns.append(i == 0 ? line.get(i) + padding : "  " + padding + line.get(i));
            }
            text.append(columns.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static int[] widths(List<List<String>> lines) {
        int[] widths = new int[lines.get(0).size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        return widths;
    }
}
