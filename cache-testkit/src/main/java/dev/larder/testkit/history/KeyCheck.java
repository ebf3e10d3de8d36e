package dev.larder.testkit.history;

import dev.larder.testkit.history.Verdict.Undecided;
import dev.larder.testkit.history.Verdict.Violated;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks the calls on one key. A narrow search that finds an order has decided, and so has one that finds none and left nothing out;
 * else a wider one follows.
 */
final class KeyCheck {

    /** The last takes about a hundred MB at the worst. */
    private static final int[] WIDTHS = {50, 1_000, 20_000, 200_000};

    private static final Comparator<Event> BY_TIME =
            Comparator.comparingLong(Event::nanos).thenComparing(Event::isEnd);

    private final String key;
    private final List<Call> calls;
    private final List<Event> events;
    private final Budget budget;

    KeyCheck(String key, List<Call> calls, Budget budget) {
        this.key = key;
        this.calls = calls;
        this.budget = budget;
        Simplification simplification = new Simplification(calls);
        this.events = calls.stream()
                .flatMap(call -> Event.of(call, simplification.simplify(call)))
                .sorted(BY_TIME)
                .toList();
    }

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

    /** Returns what is wrong with the key, or null if nothing is. */
    @Nullable
    Verdict run() {
        Verdict verdict = null;
        for (int width : WIDTHS) {
            budget.search(width);
            verdict = search();
            if (!(verdict instanceof Violated) || !budget.isTrimmed()) {
                return verdict;
            }
        }
        return verdict instanceof Violated violated ? tooMany(violated.call()) : verdict;
    }

    private @Nullable Verdict search() {
        KeySearch search = new KeySearch(budget);
        Witness witness = new Witness(key, calls, search.states());
        for (Event event : events) {
            Call call = event.call();
            if (!event.isEnd()) {
                if (!search.hasRoom()) {
                    return undecided("more than 64 calls at once", call);
                }
                search.begin(event.simple());
            } else if (!search.end(event.simple())) {
                return witness.against(call);
            } else if (search.isQuiet()) {
                witness.quiet(call.endedNanos(), search.states());
            }
            if (budget.isSpent()) {
                return tooMany(call);
            }
        }
        return null;
    }

    private Undecided tooMany(Call call) {
        return undecided("too many orders are possible", call);
    }

    private Undecided undecided(String reason, Call call) {
        return new Undecided(key, "key " + key + ": " + reason + ", at " + call);
    }
}
