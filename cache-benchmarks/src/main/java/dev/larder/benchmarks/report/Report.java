package dev.larder.benchmarks.report;

import dev.larder.benchmarks.run.RowResult;
import java.util.List;

/**
 * All that a run found.
 *
 * @param rounds how many there were: each library was measured so often in each row
 * @param command what repeats one row, but for its name
 */
public record Report(Environment environment, int rounds, String command, List<RowResult> results) {

    public Report {
        results = List.copyOf(results);
    }

    String commandFor(RowResult result) {
        return command + " --row " + result.row().id();
    }
}
