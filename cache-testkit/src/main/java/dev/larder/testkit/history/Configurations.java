package dev.larder.testkit.history;

import java.util.ArrayList;
import java.util.Collections;
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

    /** Adds one, unless it is covered, or there are too many; those that it covers go. */
    boolean add(Configuration configuration) {
        Configuration.Place place = configuration.place();
        List<Configuration> rivals = byPlace.getOrDefault(place, Collections.emptyList());
        budget.spend(1 + rivals.size());
        for (Configuration rival : rivals) {
            if (rival.covers(configuration)) {
                return false;
            }
        }
        size -= rivals.size();
        rivals.removeIf(configuration::covers);
        size += rivals.size();
        if (!budget.hasRoom(size)) {
            return false;
        }
        byPlace.computeIfAbsent(place, none -> new ArrayList<>(1)).add(configuration);
        size++;
        return true;
    }

    boolean isEmpty() {
        return size == 0;
    }

    Stream<Configuration> stream() {
        return byPlace.values().stream().flatMap(List::stream);
    }

    /** Returns the values that the key may have. */
    Set<@Nullable Object> states() {
        return stream().map(Configuration::state).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
