package dev.larder.benchmarks.run;

import dev.larder.benchmarks.subject.Library;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures rows round by round, in each round every library once, so that what else the machine does hits all alike.
 *
 * <p>What one library is compared with was then measured a moment before or after it. In each round another library comes
 * first.
 */
public final class InterleavedRun {
    private final List<RowResult> results;
    private final int rounds;
    private final Effort effort;
    private final Consumer<String> progress;

    /**
     * @param progress is told of each measurement in a line
     */
    public InterleavedRun(List<Row> rows, int rounds, Effort effort, Consumer<String> progress) {
        this.results = rows.stream().map(RowResult::new).toList();
        this.rounds = rounds;
        this.effort = effort;
        this.progress = progress;
    }

    /** Measures everything. A library that fails in a row is left out of its later rounds. */
    public List<RowResult> run() throws InterruptedException {
        for (int round = 0; round < rounds; round++) {
            for (RowResult result : results) {
                result.addRound();
                for (Library library : inOrderOf(round, result.row().libraries())) {
                    measure(result, library, round);
                }
            }
        }
        return results;
    }

    private static List<Library> inOrderOf(int round, List<Library> libraries) {
        List<Library> order = new ArrayList<>(libraries);
        Collections.rotate(order, -round);
        return order;
    }

    private void measure(RowResult result, Library library, int round) throws InterruptedException {
        if (result.failureOf(library) != null) {
            return;
        }
        String step = "round %d of %d, %s, %s: "
                .formatted(round + 1, rounds, result.row().id(), library.id());
        try {
            Sample sample = result.row().measure().take(library, effort);
            result.add(library, sample);
            progress.accept(step + Figures.of(sample.score()) + " "
                    + result.row().unit().symbol());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            result.addFailure(library, e.toString());
            progress.accept(step + "failed: " + e);
        }
    }
}
