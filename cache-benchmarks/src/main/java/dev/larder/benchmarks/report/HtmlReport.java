package dev.larder.benchmarks.report;

import dev.larder.benchmarks.run.RowResult;
import java.util.List;

/** Writes a report as one HTML page that needs nothing from elsewhere, for light and dark screens. */
public final class HtmlReport {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Larder: benchmarks</title>
            <style>
            :root { color-scheme: light dark; --page: #fff; --text: #1c1e21; --faint: #667; --edge: #d8dae0;
                    --larder: #b4480f; --peer: #8a94a6; --raw: #3f6fb5; }
            @media (prefers-color-scheme: dark) {
              :root { --page: #16181c; --text: #e4e6ea; --faint: #9aa0ac; --edge: #3a3e47;
                      --larder: #f0834a; --peer: #6d7789; --raw: #6c9ce0; }
            }
            body { background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif;
                   max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
            h2 { margin-top: 2.5rem; border-top: 1px solid var(--edge); padding-top: 1rem; font-size: 1.1rem; }
            dt { color: var(--faint); } dd { margin: 0 0 .4rem; }
            .wide { overflow-x: auto; }
            table { border-collapse: collapse; font-size: .87rem; font-variant-numeric: tabular-nums; }
            th, td { border-bottom: 1px solid var(--edge); padding: .25rem .6rem; text-align: right; white-space: nowrap; }
            th:first-child, td:first-child { text-align: left; }
            th { color: var(--faint); font-weight: 600; }
            code { font-size: .87rem; overflow-wrap: anywhere; }
            summary { color: var(--faint); cursor: pointer; margin-top: .5rem; }
            svg { width: 100%; max-width: 50rem; display: block; margin: .8rem 0; }
            svg text { fill: var(--text); font-size: 13px; dominant-baseline: central; }
            svg .label { text-anchor: end; }
            svg .larder { fill: var(--larder); } svg .peer { fill: var(--peer); } svg .raw { fill: var(--raw); }
            svg .spread { stroke: var(--text); stroke-width: 1.5; }
            </style>
            </head>
            <body>
            <h1>Larder: benchmarks</h1>
            """;

    private HtmlReport() {}

    public static String render(Report report) {
        StringBuilder page = new StringBuilder(HEAD).append("<dl>\n");
        for (List<String> fact : report.environment().facts()) {
            page.append("<dt>%s</dt><dd>%s</dd>\n".formatted(Html.escape(fact.get(0)), Html.escape(fact.get(1))));
        }
        page.append("</dl>\n<p>").append(Wording.summary(report.rounds())).append("</p>\n");
        append(Table.summary(report), page);
        report.results().forEach(result -> appendRow(report, result, page));
        return page.append("</body>\n</html>\n").toString();
    }

    private static void appendRow(Report report, RowResult result, StringBuilder page) {
        page.append("<h2 id=\"%s\">%s</h2>\n"
                .formatted(result.row().id(), Html.escape(result.row().title())));
        String goal = Table.goal(result.row());
        if (!goal.isEmpty()) {
            page.append("<p>Goal: ").append(Html.escape(goal)).append("</p>\n");
        }
        page.append(BarChart.draw(result));
        append(Table.of(result), page);
        page.append("<details><summary>").append(Wording.EVERY_RUN).append("</summary>\n");
        append(Table.everyRun(result, report.rounds()), page);
        page.append("</details>\n<p><code>")
                .append(Html.escape(report.commandFor(result)))
                .append("</code></p>\n");
    }

    private static void append(Table table, StringBuilder page) {
        page.append("<div class=\"wide\"><table>\n<thead>");
        appendLine("th", table.heading(), page);
        page.append("</thead>\n<tbody>\n");
        table.lines().forEach(line -> appendLine("td", line, page));
        page.append("</tbody>\n</table></div>\n");
    }

    private static void appendLine(String tag, List<String> cells, StringBuilder page) {
        page.append("<tr>");
        for (String cell : cells) {
            page.append("<%s>%s</%s>".formatted(tag, Html.escape(cell), tag));
        }
        page.append("</tr>\n");
    }
}
