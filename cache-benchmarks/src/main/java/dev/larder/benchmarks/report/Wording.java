package dev.larder.benchmarks.report;

/** The sentences that every form of the report has. */
final class Wording {
    static final String EVERY_RUN = "Every run, in the order of the rounds:";

    private Wording() {}

    static String summary(int rounds) {
        return "Medians of " + rounds + (rounds == 1 ? " round" : " rounds")
                + ", the libraries taking turns. A figure with × says how many times as good as the baseline of its row, in the"
                + " same round: more is better. The goal is Larder's; nine tenths of it count as reached, of one with ≥ or +"
                + " all of it; + says how much more than the baseline at most. In brackets: the"
                + " worst and the best of the rounds.";
    }
}
