package dev.larder.benchmarks.report;

import dev.larder.benchmarks.run.Figures;
import dev.larder.benchmarks.run.RowResult;
import dev.larder.benchmarks.run.Spread;
import dev.larder.benchmarks.subject.Library;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Draws a row: a bar for the median of each library, and a line from its lowest to its highest figure. */
final class BarChart {
    private static final int LABELS = 190;
    private static final int BARS = 430;
    private static final int FIGURES = 190;
    private static final int LINE = 26;
    private static final int THICKNESS = 16;

    private BarChart() {}

    /** Returns an SVG element, which takes its colours from the style of the page. */
    static String draw(RowResult result) {
        boolean hasRatios = result.row().libraries().stream()
                .anyMatch(library -> !result.ratio(library).isEmpty());
        Function<Library, Spread> drawn = hasRatios ? result::ratio : result::score;
        String unit = hasRatios ? "×" : result.row().unit().symbol();
        List<Library> libraries = result.row().libraries().stream()
                .filter(library -> !drawn.apply(library).isEmpty())
                .toList();
        double longest = libraries.stream()
                .mapToDouble(library -> drawn.apply(library).max())
                .max()
                .orElse(1);
        StringBuilder svg = new StringBuilder("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
                .formatted(
                        LABELS + BARS + FIGURES,
                        LINE * libraries.size(),
                        Html.escape(result.row().title())));
        for (int i = 0; i < libraries.size(); i++) {
            Spread spread = drawn.apply(libraries.get(i));
            appendBar(svg, libraries.get(i), i * LINE, spread, BARS / longest, unit);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void appendBar(
            StringBuilder svg, Library library, int top, Spread spread, double scale, String unit) {
        int middle = top + LINE / 2;
        double end = LABELS + spread.median() * scale;
        svg.append("<text class=\"label\" x=\"%d\" y=\"%d\">%s</text>\n"
                .formatted(LABELS - 8, middle, Html.escape(library.title())));
        svg.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>\n",
                styleOf(library),
                LABELS,
                middle - THICKNESS / 2,
                end - LABELS,
                THICKNESS));
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"spread\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>\n",
                LABELS + spread.min() * scale,
                middle,
                LABELS + spread.max() * scale,
                middle));
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%d\">%s %s</text>\n",
                LABELS + spread.max() * scale + 8,
                middle,
                Figures.of(spread.median()),
                unit));
    }

    private static String styleOf(Library library) {
        if (library == Library.LARDER) {
            return "larder";
        }
        return library.isProvider() ? "peer" : "raw";
    }
}
