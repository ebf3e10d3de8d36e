package dev.larder.jcache.internal.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the name that somebody meant. */
final class Nearest {

    /** Fewer letters are in too many names. */
    private static final int SHORTEST = 3;

    private Nearest() {}

    /** Returns what to write instead: the nearest of the known names, or all of them if none is near. */
    static String advice(String written, Collection<String> known) {
        String nearest = find(written, known);
        if (nearest != null) {
            return "did you mean \"" + nearest + "\"?";
        }
        return known.isEmpty() ? "there are none here" : "known here: " + String.join(", ", new TreeSet<>(known));
    }

    /** Returns the known name that takes the fewest changes, or null if all take too many to be meant. */
    static @Nullable String find(String written, Collection<String> known) {
        String bare = bare(written);
        String best = known.stream()
                .sorted()
                .min(Comparator.comparingInt(name -> distance(bare, bare(name))))
                .orElse(null);
        if (best != null && distance(bare, bare(best)) <= Math.max(1, bare.length() / 3)) {
            return best;
        }
        return known.stream()
                .sorted()
                .filter(name -> isShortFor(bare, bare(name)))
                .findFirst()
                .orElse(null);
    }

    /** Whether all letters of the one are in the other, in order, as in maxSize for maximumSize. */
    private static boolean isShortFor(String brief, String name) {
        int found = 0;
        for (int i = 0; i < name.length() && found < brief.length(); i++) {
            found += name.charAt(i) == brief.charAt(found) ? 1 : 0;
        }
        return brief.length() >= SHORTEST && found == brief.length();
    }

    /** Case, hyphens and underscores do not make a name another one. */
    private static String bare(String name) {
        String letters = name.replaceAll("[-_. ]", "");
        return (letters.isEmpty() ? name : letters).toLowerCase(Locale.ROOT);
    }

    /** Returns how many letters must be put in, left out, replaced, or swapped with a neighbour. */
    private static int distance(String left, String right) {
        int[][] steps = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                steps[i][j] = i == 0 || j == 0 ? i + j : cheapest(steps, left, right, i, j);
            }
        }
        return steps[left.length()][right.length()];
    }

    private static int cheapest(int[][] steps, String left, String right, int i, int j) {
        int replaced = steps[i - 1][j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        int changed = Math.min(replaced, 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
        boolean swapped = i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(changed, steps[i - 2][j - 2] + 1) : changed;
    }
}
