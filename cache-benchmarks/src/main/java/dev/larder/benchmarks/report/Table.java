package dev.larder.benchmarks.report;

import dev.larder.benchmarks.run.Baseline;
import dev.larder.benchmarks.run.Figures;
import dev.larder.benchmarks.run.Goal;
import dev.larder.benchmarks.run.Row;
import dev.larder.benchmarks.run.RowResult;
import dev.larder.benchmarks.run.Sample;
import dev.larder.benchmarks.run.Spread;
import dev.larder.benchmarks.subject.Library;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cells of text, the first line of them a heading. What is in a cell is decided here, how it looks by who writes it. */
record Table(List<String> heading, List<List<String>> lines) {
    private static final String NOTHING = "";

    /** Returns a line for each row and a column for each library. */
    static Table summary(Report report) {
        Set<Library> libraries = EnumSet.noneOf(Library.class);
        report.results().forEach(result -> libraries.addAll(result.row().libraries()));
        List<String> heading = new ArrayList<>(List.of("", "goal", "reached", "Larder by CPU", "Larder B/op"));
        libraries.forEach(library -> heading.add(library.title()));
        List<List<String>> lines = new ArrayList<>();
        for (RowResult result : report.results()) {
            List<String> line = new ArrayList<>(List.of(
                    result.row().title(),
                    goal(result.row()),
                    reached(result),
                    times(result.cpuRatio(Library.LARDER)),
                    allocated(result)));
            libraries.forEach(library -> line.add(summary(result, library)));
            lines.add(line);
        }
        return new Table(heading, lines);
    }

    /** Tells the ratio, or the figure itself of what has none and of the baseline, whose ratio is 1 exactly. */
    private static String summary(RowResult result, Library library) {
        double ratio = result.ratio(library).median();
        double score = result.score(library).median();
        if (Double.isNaN(score)) {
            return NOTHING;
        }
        return Double.isNaN(ratio) || ratio == 1 ? withUnit(result, score) : times(result.ratio(library));
    }

    private static String allocated(RowResult result) {
        Spread bytes = result.detail(Library.LARDER, Sample.ALLOCATED);
        return bytes.isEmpty() ? NOTHING : Figures.of(bytes.median());
    }

    private static String times(Spread ratio) {
        return ratio.isEmpty() ? NOTHING : Figures.of(ratio.median()) + " ×";
    }

    private static String withUnit(RowResult result, double score) {
        return Figures.of(score) + " " + result.row().unit().symbol();
    }

    static String goal(Row row) {
        Goal goal = row.goal();
        List<String> parts = new ArrayList<>();
        String atLeast = goal.isFull() ? "≥ " : "";
        if (goal.ratio() > 0) {
            parts.add(atLeast + Figures.of(goal.ratio()) + " ×");
        }
        if (goal.overPeers() > 0) {
            parts.add(atLeast + Figures.of(goal.overPeers()) + " × the best peer");
        }
        if (goal.allocated() < Double.POSITIVE_INFINITY) {
            parts.add(Figures.of(goal.allocated()) + " B/op");
        }
        if (goal.score() < Double.POSITIVE_INFINITY) {
            parts.add(Figures.of(goal.score()) + " " + row.unit().symbol());
        }
        if (goal.above() < Double.POSITIVE_INFINITY) {
            parts.add("+ " + Figures.of(goal.above()) + " " + row.unit().symbol());
        }
        return String.join(", ", parts);
    }

    private static String reached(RowResult result) {
        if (result.row().goal().isNone() || result.score(Library.LARDER).isEmpty()) {
            return NOTHING;
        }
        return result.isGoalReached() ? "yes" : "no";
    }

    /** Returns a line for each library of one row. */
    static Table of(RowResult result) {
        boolean compared = result.row().baseline() != Baseline.NONE;
        List<String> heading = new ArrayList<>(List.of("", result.row().unit().symbol()));
        if (compared) {
            heading.add("× " + result.row().baseline().title());
            heading.add("by CPU");
        }
        boolean limited = result.row().goal().above() < Double.POSITIVE_INFINITY;
        if (limited) {
            heading.add("+ " + result.row().unit().symbol());
        }
        heading.addAll(result.details());
        List<List<String>> lines = new ArrayList<>();
        for (Library library : result.row().libraries()) {
            List<String> line = new ArrayList<>(List.of(library.title(), scoreOrFailure(result, library)));
            if (compared) {
                line.add(Figures.of(result.ratio(library)));
                line.add(Figures.of(result.cpuRatio(library)));
            }
            if (limited) {
                line.add(Figures.of(result.above(library)));
            }
            result.details().forEach(name -> line.add(Figures.of(result.detail(library, name))));
            lines.add(line);
        }
        return new Table(heading, lines);
    }

    private static String scoreOrFailure(RowResult result, Library library) {
        @Nullable String failure = result.failureOf(library);
        Spread score = result.score(library);
        return failure == null || !score.isEmpty() ? Figures.of(score) : "failed: " + failure;
    }

    /** Returns every figure of a row, in the order in which they were measured. */
    static Table everyRun(RowResult result, int rounds) {
        List<String> heading = new ArrayList<>(List.of(result.row().unit().symbol()));
        for (int round = 1; round <= rounds; round++) {
            heading.add(String.valueOf(round));
        }
        List<List<String>> lines = new ArrayList<>();
        for (Library library : result.row().libraries()) {
            List<String> line = new ArrayList<>(List.of(library.title()));
            result.samples(library).forEach(sample -> line.add(Figures.of(sample.score())));
            while (line.size() < heading.size()) {
                line.add(Figures.of(Double.NaN));
            }
            lines.add(line);
        }
        return new Table(heading, lines);
    }
}
