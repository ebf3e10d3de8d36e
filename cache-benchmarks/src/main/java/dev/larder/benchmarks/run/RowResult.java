package dev.larder.benchmarks.run;

import dev.larder.benchmarks.subject.Library;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What was found for one row, round by round. */
public final class RowResult {
    private final Row row;

    /** Of each round the samples of all libraries that were measured. */
    private final List<Map<Library, Sample>> rounds = new ArrayList<>();

    private final Map<Library, String> failures = new EnumMap<>(Library.class);

    public RowResult(Row row) {
        this.row = row;
    }

    public Row row() {
        return row;
    }

    void addRound() {
        rounds.add(new EnumMap<>(Library.class));
    }

    void add(Library library, Sample sample) {
        rounds.get(rounds.size() - 1).put(library, sample);
    }

    void addFailure(Library library, String message) {
        failures.put(library, message);
    }

    /** Returns why a library has no figures, or fewer than others; null if all went well. */
    public @Nullable String failureOf(Library library) {
        return failures.get(library);
    }

    /** Returns all samples of a library in the order in which they were taken. */
    public List<Sample> samples(Library library) {
        return rounds.stream()
                .filter(round -> round.containsKey(library))
                .map(round -> round.get(library))
                .toList();
    }

    public Spread score(Library library) {
        return Spread.of(samples(library).stream().map(Sample::score).toList());
    }

    /** Returns the names of what was found besides the scores. */
    public SortedSet<String> details() {
        SortedSet<String> names = new TreeSet<>();
        rounds.forEach(round ->
                round.values().forEach(sample -> names.addAll(sample.details().keySet())));
        return names;
    }

    public Spread detail(Library library, String name) {
        return Spread.of(samples(library).stream()
                .map(sample -> sample.details().get(name))
                .filter(value -> value != null)
                .toList());
    }

    /** Returns how many times as good a library is as the baseline, each compared with its neighbour in the same round. */
    public Spread ratio(Library library) {
        return ratio(library, Sample::score);
    }

    /** Returns the same by the CPU time of the process, which other work on the machine changes less. */
    public Spread cpuRatio(Library library) {
        return ratio(library, sample -> sample.details().getOrDefault(Sample.CPU, Double.NaN));
    }

    /** Returns how much more the figure of a library is than that of the baseline in the same round. */
    public Spread above(Library library) {
        return Spread.of(rounds.stream()
                .map(round -> figureOf(library, round, Sample::score) - baseline(round, Sample::score))
                .filter(difference -> !difference.isNaN())
                .toList());
    }

    /** Returns how many times as good a library is as the best peer of each round. */
    Spread ratioToBestPeer(Library library) {
        return ratio(library, Sample::score, this::bestPeer);
    }

    private Spread ratio(Library library, ToDoubleFunction<Sample> figure) {
        return ratio(library, figure, this::baseline);
    }

    private Spread ratio(
            Library library,
            ToDoubleFunction<Sample> figure,
            ToDoubleBiFunction<Map<Library, Sample>, ToDoubleFunction<Sample>> other) {
        List<Double> ratios = new ArrayList<>();
        for (Map<Library, Sample> round : rounds) {
            double ratio = row.unit().ratio(figureOf(library, round, figure), other.applyAsDouble(round, figure));
            if (!Double.isNaN(ratio)) {
                ratios.add(ratio);
            }
        }
        return Spread.of(ratios);
    }

    private double baseline(Map<Library, Sample> round, ToDoubleFunction<Sample> figure) {
        return switch (row.baseline()) {
            case RAW_CAFFEINE -> figureOf(Library.CAFFEINE, round, figure);
            case CAFFEINE_JCACHE -> figureOf(Library.CAFFEINE_JCACHE, round, figure);
            case LARDER_GET -> figureOf(Library.LARDER_GET, round, figure);
            case SPRING -> figureOf(Library.SPRING, round, figure);
            case LETTUCE -> figureOf(Library.LETTUCE, round, figure);
            case BEST_PEER -> bestPeer(round, figure);
            case NONE -> Double.NaN;
        };
    }

    private static double figureOf(Library library, Map<Library, Sample> round, ToDoubleFunction<Sample> figure) {
        Sample sample = round.get(library);
        return sample == null ? Double.NaN : figure.applyAsDouble(sample);
    }

    private double bestPeer(Map<Library, Sample> round, ToDoubleFunction<Sample> figure) {
        double best = Double.NaN;
        for (Library library : round.keySet()) {
            double found = figureOf(library, round, figure);
            if (library.isPeer() && (Double.isNaN(best) || row.unit().ratio(found, best) > 1)) {
                best = found;
            }
        }
        return best;
    }

    /** Whether Larder is as good as it should be. */
    public boolean isGoalReached() {
        return row.goal().allows(above(Library.LARDER).median())
                && row.goal()
                        .isReachedBy(
                                ratio(Library.LARDER).median(),
                                ratioToBestPeer(Library.LARDER).median(),
                                detail(Library.LARDER, Sample.ALLOCATED).median(),
                                score(Library.LARDER).median());
    }
}
