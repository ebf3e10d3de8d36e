package dev.larder.benchmarks.run;

import dev.larder.benchmarks.probe.Probe;
import dev.larder.benchmarks.subject.Library;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Describes a row. Without another word all caches are measured in it, and compared with raw Caffeine. */
final class RowBuilder {
    private static final int ENTRIES = 100_000;

    private final String id;
    private final String title;
    private Set<Library> libraries = Library.allBut(Library.MAP);
    private Set<Library> librariesForOneThread = EnumSet.noneOf(Library.class);
    private Unit unit = Unit.NANOS;
    private Baseline baseline = Baseline.RAW_CAFFEINE;
    private Goal goal = Goal.NONE;
    private Goal goalForTwoThreads = Goal.NONE;
    private boolean quick;
    private int entries = ENTRIES;
    private Map<String, String> forRaw = Map.of();
    private int warmth = 1;

    RowBuilder(String id, String title) {
        this.id = id;
        this.title = title;
    }

    RowBuilder libraries(Set<Library> newLibraries) {
        libraries = newLibraries;
        return this;
    }

    /** Says that a map of the JDK can do it too. */
    RowBuilder withMap() {
        return libraries(Library.allBut());
    }

    /** Leaves a library out where there are two threads. */
    RowBuilder byOneThreadOnly(Library library) {
        librariesForOneThread = EnumSet.of(library);
        return this;
    }

    RowBuilder unit(Unit newUnit) {
        unit = newUnit;
        return this;
    }

    RowBuilder comparedWith(Baseline newBaseline) {
        baseline = newBaseline;
        return this;
    }

    RowBuilder goal(Goal newGoal) {
        goal = newGoal;
        return this;
    }

    /** Sets the goal for one thread and for two. */
    RowBuilder goalForAnyThreads(Goal newGoal) {
        goalForTwoThreads = newGoal;
        return goal(newGoal);
    }

    RowBuilder entries(int newEntries) {
        entries = newEntries;
        return this;
    }

    /** Warms up longer than usual: so many times. */
    RowBuilder warmth(int newWarmth) {
        warmth = newWarmth;
        return this;
    }

    /** Compares with raw Caffeine of another kind. */
    RowBuilder raw(String parameter, String value) {
        forRaw = Map.of(parameter, value);
        return this;
    }

    /** Takes it into the short run. */
    RowBuilder quick() {
        quick = true;
        return this;
    }

    /** Measures with JMH, by one thread and by two. Parameters are given as names and values in turn. */
    List<Row> measuredBy(Class<?> benchmark, String... parameters) {
        Map<String, String> named = named(parameters);
        return List.of(
                byOne(new JmhMeasure(benchmark, named, forRaw, entries, 1, warmth)),
                byTwo(new JmhMeasure(benchmark, named, forRaw, entries, 2, warmth)));
    }

    /** Measures with JMH, by that many threads alone. Parameters are given as names and values in turn. */
    List<Row> measuredBy(int threads, Class<?> benchmark, String... parameters) {
        return List.of(byOne(new JmhMeasure(benchmark, named(parameters), forRaw, entries, threads, warmth)));
    }

    /** Measures with a probe. */
    List<Row> measuredBy(Function<Effort, Probe> probe) {
        return List.of(byOne(new ProbeMeasure(probe)));
    }

    private static Map<String, String> named(String... parameters) {
        Map<String, String> named = new TreeMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            named.put(parameters[i], parameters[i + 1]);
        }
        return named;
    }

    private Row byOne(Measure measure) {
        return new Row(id, title, unit, measure, List.copyOf(libraries), baseline, goal, quick);
    }

    private Row byTwo(Measure measure) {
        List<Library> able = libraries.stream()
                .filter(library -> !librariesForOneThread.contains(library))
                .toList();
        return new Row(
                id + "-2-threads", title + ", 2 threads", unit, measure, able, baseline, goalForTwoThreads, false);
    }
}
