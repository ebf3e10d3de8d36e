package dev.larder.jcache.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a list that fails shorter: leaves out larger parts, then smaller ones, as long as the rest still fails. */
final class Shrinking {

    private Shrinking() {}

    static <T> List<T> shrink(List<T> failing, Predicate<List<T>> fails) {
        List<T> shortest = failing;
        int part = Math.max(1, failing.size() / 2);
        while (part > 0) {
            List<T> shorter = withoutParts(shortest, part, fails);
            boolean isDone = shorter.size() == shortest.size();
            shortest = shorter;
            part = isDone ? part / 2 : Math.min(part, Math.max(1, shortest.size() / 2));
        }
        return shortest;
    }

    /** Goes through a list once, and leaves out each part that is not needed. */
    private static <T> List<T> withoutParts(List<T> failing, int part, Predicate<List<T>> fails) {
        List<T> left = failing;
        for (int from = failing.size() - part; from > -part; from -= part) {
            List<T> without = new ArrayList<>(left.subList(0, Math.max(0, from)));
            without.addAll(left.subList(Math.min(left.size(), from + part), left.size()));
            if (without.size() < left.size() && fails.test(without)) {
                left = without;
            }
        }
        return left;
    }
}
