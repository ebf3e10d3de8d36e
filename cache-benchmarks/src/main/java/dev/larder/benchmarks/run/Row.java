package dev.larder.benchmarks.run;

import dev.larder.benchmarks.subject.Library;
import java.util.List;

/**
 * A line of the comparison.
 *
 * @param id what commands call it
 * @param title what reports call it
 * @param libraries those that can do it, in the order of the report
 * @param isQuick whether it belongs to the short run
 */
public record Row(
        String id,
        String title,
        Unit unit,
        Measure measure,
        List<Library> libraries,
        Baseline baseline,
        Goal goal,
        boolean isQuick) {

    public Row {
        libraries = List.copyOf(libraries);
    }

    /** Returns the same for some libraries only, and what they are compared with. */
    public Row only(List<Library> wanted) {
        List<Library> kept = libraries.stream()
                .filter(library -> wanted.contains(library) || isComparedWith(library))
                .toList();
        return new Row(id, title, unit, measure, kept, baseline, goal, isQuick);
    }

    private boolean isComparedWith(Library library) {
        return (baseline == Baseline.RAW_CAFFEINE && library == Library.CAFFEINE)
                || (baseline == Baseline.CAFFEINE_JCACHE && library == Library.CAFFEINE_JCACHE)
                || (baseline == Baseline.LARDER_GET && library == Library.LARDER_GET)
                || (baseline == Baseline.SPRING && library == Library.SPRING)
                || (baseline == Baseline.LETTUCE && library == Library.LETTUCE);
    }
}
