package dev.larder.testkit.history;

import dev.larder.testkit.history.Verdict.Linearizable;
import dev.larder.testkit.history.Verdict.Undecided;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

    /** Some seconds for one key. */
    private static final long COMPARISONS_PER_KEY = 50_000_000;

    private static final Comparator<Event> BY_TIME =
            Comparator.comparingLong(Event::nanos).thenComparing(Event::isEnd);

    private LinearizabilityChecker() {}

    /** A begin or an end of a call; a begin comes before an end of the same moment. */
    private record Event(Call call, Call simple, boolean isEnd) {

        long nanos() {
            return isEnd ? call.endedNanos() : call.beganNanos();
        }

        static Stream<Event> of(Call call, Call simple) {
            Stream<Event> begin = Stream.of(new Event(call, simple, false));
            return call.isUnknown() ? begin : Stream.concat(begin, Stream.of(new Event(call, simple, true)));
        }
    }

    /**
     * Looks at each key. Keys that have no order come first in what it says, before those that could not be decided, and one of
     * them is enough.
     */
    public static Verdict check(History history) {
        return check(history, COMPARISONS_PER_KEY);
    }

    static Verdict check(History history, long comparisonsPerKey) {
        SortedMap<String, List<Call>> byKey = history.byKey();
        List<Verdict> bad = new ArrayList<>();
        for (Map.Entry<String, List<Call>> key : byKey.entrySet()) {
            Verdict verdict = checkKey(key.getKey(), key.getValue(), new Budget(comparisonsPerKey));
            if (verdict instanceof Verdict.Violated) {
                return verdict;
            }
            if (verdict != null) {
                bad.add(verdict);
            }
        }
        return bad.isEmpty() ? new Linearizable(byKey.size(), history.calls().size()) : bad.get(0);
    }

    private static @Nullable Verdict checkKey(String key, List<Call> calls, Budget budget) {
        KeySearch search = new KeySearch(budget);
        Witness witness = new Witness(key, calls, search.states());
        for (Event event : events(calls)) {
            Call call = event.call();
            if (!event.isEnd()) {
                if (!search.hasRoom()) {
                    return new Undecided(key, "key " + key + ": more than 64 calls at once, at " + call);
                }
                search.begin(event.simple());
            } else if (!search.end(event.simple())) {
                return witness.against(call);
            } else if (search.isQuiet()) {
                witness.quiet(call.endedNanos(), search.states());
            }
            if (budget.isSpent()) {
                return new Undecided(key, "key " + key + ": too many orders are possible, at " + call);
            }
        }
        return null;
    }

    private static List<Event> events(List<Call> calls) {
        Simplification simplification = new Simplification(calls);
        return calls.stream()
                .flatMap(call -> Event.of(call, simplification.simplify(call)))
                .sorted(BY_TIME)
                .toList();
    }
}
