package dev.larder.testkit.history;

import dev.larder.testkit.history.Verdict.Violated;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells why the calls on a key have no order: the calls since the last moment at which none was under way, what the value may have
 * been at that moment, and where else the value comes up that was the wrong answer.
 */
final class Witness {

    private static final int LONGEST_WINDOW = 40;
    private static final int MOST_MENTIONS = 6;

    private final String key;
    private final List<Call> calls;
    private long quietNanos = Long.MIN_VALUE;
    private Set<@Nullable Object> quietStates;

    Witness(String key, List<Call> calls, Set<@Nullable Object> states) {
        this.key = key;
        this.calls = calls;
        this.quietStates = states;
    }

    /** Takes note of a moment with no known call under way, before which everything can be ordered. */
    void quiet(long nanos, Set<@Nullable Object> states) {
        quietNanos = nanos;
        quietStates = states;
    }

    Violated against(Call call) {
        List<Call> since = calls.stream()
                .filter(each -> each.endedNanos() > quietNanos && each.beganNanos() <= call.endedNanos())
                .filter(each -> !each.isUnknown() || each.beganNanos() > quietNanos)
                .sorted(Comparator.comparingLong(Call::beganNanos))
                .toList();
        List<Call> window = since.subList(Math.max(0, since.size() - LONGEST_WINDOW), since.size());
        return new Violated(key, call, List.copyOf(window), explain(call, window, since.size() - window.size()));
    }

    private String explain(Call call, List<Call> window, int leftOut) {
        StringBuilder text = new StringBuilder("key " + key + ": no order of the calls explains " + call + "\n");
        long origin = window.get(0).beganNanos();
        text.append("the value was ").append(showStates()).append(before(leftOut));
        window.forEach(each -> text.append(line(each, origin, each.equals(call))));
        List<Call> others = mentions(call, window);
        if (!others.isEmpty()) {
            text.append("elsewhere, with the same value:\n");
            others.forEach(each -> text.append(line(each, origin, false)));
        }
        return text.toString();
    }

    private static String before(int leftOut) {
        return leftOut == 0 ? "; then, in microseconds:\n" : "; then " + leftOut + " calls, and, in microseconds:\n";
    }

    private String showStates() {
        return quietStates.stream().map(Witness::showState).collect(Collectors.joining(" or "));
    }

    private static String showState(@Nullable Object state) {
        return state == null ? "absent" : Operation.show(state);
    }

    private List<Call> mentions(Call call, List<Call> window) {
        Object answer = call.answer();
        if (answer == null || answer instanceof Boolean) {
            return List.of();
        }
        return calls.stream()
                .filter(each -> each.mentions(answer) && !window.contains(each))
                .sorted(Comparator.comparingLong(Call::beganNanos))
                .limit(MOST_MENTIONS)
                .toList();
    }

    private static String line(Call call, long origin, boolean isCulprit) {
        String ended = call.isUnknown() ? "?" : micros(call.endedNanos() - origin);
        return "%12s .. %12s  %s%s%n"
                .formatted(micros(call.beganNanos() - origin), ended, call, isCulprit ? "   <- here" : "");
    }

    private static String micros(long nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / 1_000.0);
    }
}
