package dev.larder.testkit.history;

import dev.larder.testkit.history.Verdict.Linearizable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Checks that for each key some order of the calls explains every answer: one in which each call stands between its begin and its
 * end, and each is answered as if it were alone. A call with an unknown outcome stands anywhere after its begin, or nowhere.
 *
 * <pre>{@code
 * Verdict verdict = LinearizabilityChecker.check(History.read(files));
 * assertThat(verdict.isLinearizable()).as(verdict.toString()).isTrue();
 * }</pre>
 *
 * <p>Two calls of which one ends in the nanosecond in which the other begins count as overlapping. Entries that expire or are evicted
 * are no part of this: the cache must keep what it is given.
 */
public final class LinearizabilityChecker {

    /** Some seconds for one key, a quarter of a minute if it has 100,000 calls. */
    private static final long COMPARISONS_PER_KEY = 20_000_000;

    private static final long COMPARISONS_PER_CALL = 1_000;

    private LinearizabilityChecker() {}

    /**
     * Looks at each key. Keys that have no order come first in what it says, before those that could not be decided, and one of
     * them is enough.
     */
    public static Verdict check(History history) {
        SortedMap<String, List<Call>> byKey = history.byKey();
        List<Verdict> bad = new ArrayList<>();
        for (Map.Entry<String, List<Call>> key : byKey.entrySet()) {
            Verdict verdict = new KeyCheck(key.getKey(), key.getValue(), budget(key.getValue())).run();
            if (verdict instanceof Verdict.Violated) {
                return verdict;
            }
            if (verdict != null) {
                bad.add(verdict);
            }
        }
        return bad.isEmpty() ? new Linearizable(byKey.size(), history.calls().size()) : bad.get(0);
    }

    private static Budget budget(List<Call> calls) {
        return new Budget(COMPARISONS_PER_KEY + COMPARISONS_PER_CALL * calls.size());
    }
}
