package dev.larder.testkit.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decides by trying every permutation, on a map; shares nothing with what it is compared with. For a handful of calls. */
final class BruteForce {

    private BruteForce() {}

    static boolean isLinearizable(List<Call> calls) {
        return canGoOn(calls, new HashMap<>());
    }

    private static boolean canGoOn(List<Call> left, Map<String, Object> cache) {
        if (left.stream().allMatch(Call::isUnknown)) {
            return true;
        }
        return left.stream().filter(call -> mayBeNext(call, left)).anyMatch(call -> canGoOnWith(call, left, cache));
    }

    private static boolean mayBeNext(Call call, List<Call> left) {
        return left.stream().noneMatch(other -> other.endedNanos() < call.beganNanos());
    }

    private static boolean canGoOnWith(Call call, List<Call> left, Map<String, Object> cache) {
        Map<String, Object> after = new HashMap<>(cache);
        Object answer = apply(after, call.key(), call.operation());
        List<Call> rest = new ArrayList<>(left);
        rest.remove(call);
        return (call.isUnknown() || Objects.equals(answer, call.answer())) && canGoOn(rest, after);
    }

    /** Does what an operation says to a map, in the words of {@link Map}. */
    static @Nullable Object apply(Map<String, Object> cache, String key, Operation operation) {
        Object expected = operation.expected();
        Object value = operation.value();
        return switch (operation.kind()) {
            case GET -> cache.get(key);
            case CONTAINS_KEY -> cache.containsKey(key);
            case PUT -> {
                cache.put(key, Objects.requireNonNull(value));
                yield null;
            }
            case PUT_IF_ABSENT -> cache.putIfAbsent(key, Objects.requireNonNull(value)) == null;
            case GET_AND_PUT -> cache.put(key, Objects.requireNonNull(value));
            case REPLACE -> cache.replace(key, Objects.requireNonNull(value)) != null;
            case REPLACE_IF -> cache.replace(key, Objects.requireNonNull(expected), Objects.requireNonNull(value));
            case GET_AND_REPLACE -> cache.replace(key, Objects.requireNonNull(value));
            case REMOVE -> cache.remove(key) != null;
            case REMOVE_IF -> cache.remove(key, Objects.requireNonNull(expected));
            case GET_AND_REMOVE -> cache.remove(key);
            case INCREMENT -> cache.merge(key, Objects.requireNonNull(value), (old, more) -> (Long) old + (Long) more);
        };
    }
}
