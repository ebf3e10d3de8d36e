package dev.larder.testkit.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A set of configurations in which none covers another. */
final class Configurations {

    private final Budget budget;
    private final Map<Configuration.Place, List<Configuration>> byPlace = new HashMap<>();
    private int size;

    Configurations(Budget budget) {
        this.budget = budget;
    }

    /** Adds one, unless it is covered; those that it covers go. */
    boolean add(Configuration configuration) {
        List<Configuration> rivals = byPlace.computeIfAbsent(configuration.place(), place -> new ArrayList<>(1));
        budget.spend(1 + rivals.size());
        for (Configuration rival : rivals) {
            if (rival.covers(configuration)) {
                return false;
            }
        }
        size -= rivals.size();
        rivals.removeIf(configuration::covers);
        rivals.add(configuration);
        size += rivals.size();
        budget.limitSize(size);
        return true;
    }

    boolean isEmpty() {
        return byPlace.isEmpty();
    }

    Stream<Configuration> stream() {
        return byPlace.values().stream().flatMap(List::stream);
    }

    /** Returns the values that the key may have. */
    Set<@Nullable Object> states() {
        return byPlace.keySet().stream()
                .map(Configuration.Place::state)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
