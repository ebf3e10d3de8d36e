package dev.larder.benchmarks.sessions;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** The table of a run, in Markdown. */
final class Report {

    private Report() {}

    static void print(PrintStream out, List<Candidate> candidates) {
        double spring = candidates.stream()
                .filter(candidate -> candidate.contender() == Contender.SPRING)
                .mapToDouble(Candidate::median)
                .findAny()
                .orElseThrow();
        out.println(
                "| sessions by | Redis requests a page | pages a second: median (slowest and fastest round) | against Spring's |");
        out.println("|---|---|---|---|");
        candidates.forEach(candidate -> out.println(row(candidate, spring)));
        out.println();
        candidates.forEach(candidate -> out.println(candidate.contender().title() + ", "
                + candidate.count().pages() + " pages: " + candidate.count().byCommand()));
    }

    private static String row(Candidate candidate, double spring) {
        List<Double> rounds = candidate.pagesPerSecond();
        return String.format(
                Locale.ROOT,
                "| %s | %.2f | %,.0f (%,.0f to %,.0f) | %.2f x |",
                candidate.contender().title(),
                candidate.count().perPage(),
                candidate.median(),
                rounds.get(0),
                rounds.get(rounds.size() - 1),
                candidate.median() / spring);
    }
}
