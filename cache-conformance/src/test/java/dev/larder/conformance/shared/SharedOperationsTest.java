package dev.larder.conformance.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.store.Store;
import dev.larder.testkit.interleave.Interleaving;
import dev.larder.testkit.interleave.Interleavings;
import dev.larder.testkit.interleave.PointedStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Operations of several JVMs on one key of a store that they share, in an order of their steps that a seed decides: some order
 * of the operations explains every answer, and what is there at the end.
 */
@Timeout(600)
@Tag("interleaving")
class SharedOperationsTest {

    private static final int SCHEDULES = Boolean.getBoolean("larder.stress") ? 5_000 : 200;

    /** How the members coordinate what they do. */
    private enum Way {
        DIRECT(settings -> settings),
        VERSIONS(settings -> settings.expiryPolicy(HandWritten::new)),
        LEASES(settings -> settings.writer(new Database().client(point -> {})));

        @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
        private final UnaryOperator<CacheSettings.Builder<String, Integer>> settings;

        Way(UnaryOperator<CacheSettings.Builder<String, Integer>> settings) {
            this.settings = settings;
        }
    }

    /** A policy of a user, which must be asked each time. */
    private static final class HandWritten implements ExpiryPolicy {

        private static final Duration HOUR = new Duration(TimeUnit.HOURS, 1);

        @Override
        public Duration getExpiryForCreation() {
            return HOUR;
        }

        @Override
        public Duration getExpiryForAccess() {
            return HOUR;
        }

        @Override
        public Duration getExpiryForUpdate() {
            return HOUR;
        }
    }

    /** An operation on the cache, and what it does to a value that may be null. */
    private record Operation(
            String name, Function<Cache<String, Integer>, Object> call, Function<Integer, After> model) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** The answer, and the value afterwards. */
    private record After(@Nullable Object answer, @Nullable Integer value) {}

    private static final List<Operation> OPERATIONS = List.of(
            new Operation("get", cache -> cache.get("k"), value -> new After(value, value)),
            new Operation("containsKey", cache -> cache.containsKey("k"), value -> new After(value != null, value)),
            new Operation("put 1", cache -> done(() -> cache.put("k", 1)), value -> new After(null, 1)),
            new Operation("putAll 2", cache -> done(() -> cache.putAll(Map.of("k", 2))), value -> new After(null, 2)),
            new Operation("getAndPut 3", cache -> cache.getAndPut("k", 3), value -> new After(value, 3)),
            new Operation(
                    "putIfAbsent 4",
                    cache -> cache.putIfAbsent("k", 4),
                    value -> new After(value == null, value == null ? Integer.valueOf(4) : value)),
            new Operation(
                    "replace 5",
                    cache -> cache.replace("k", 5),
                    value -> new After(value != null, value == null ? null : Integer.valueOf(5))),
            new Operation(
                    "replace 0 by 6",
                    cache -> cache.replace("k", 0, 6),
                    value ->
                            new After(Objects.equals(value, 0), Objects.equals(value, 0) ? Integer.valueOf(6) : value)),
            new Operation(
                    "getAndReplace 7",
                    cache -> cache.getAndReplace("k", 7),
                    value -> new After(value, value == null ? null : Integer.valueOf(7))),
            new Operation("remove", cache -> cache.remove("k"), value -> new After(value != null, null)),
            new Operation(
                    "remove 0",
                    cache -> cache.remove("k", 0),
                    value -> new After(Objects.equals(value, 0), Objects.equals(value, 0) ? null : value)),
            new Operation("getAndRemove", cache -> cache.getAndRemove("k"), value -> new After(value, null)),
            new Operation(
                    "increment",
                    cache -> cache.invoke("k", (entry, arguments) -> {
                        Integer value = entry.getValue();
                        entry.setValue(value == null ? 10 : value + 10);
                        return value;
                    }),
                    value -> new After(value, value == null ? 10 : value + 10)),
            new Operation(
                    "take",
                    cache -> cache.invoke("k", (entry, arguments) -> {
                        Integer value = entry.getValue();
                        entry.remove();
                        return value;
                    }),
                    value -> new After(value, null)),
            new Operation(
                    "drop",
                    cache -> cache.invoke("k", (entry, arguments) -> {
                        entry.remove();
                        return null;
                    }),
                    value -> new After(null, null)),
            new Operation(
                    "look",
                    cache -> cache.invoke("k", (entry, arguments) -> entry.getValue()),
                    value -> new After(value, value)),
            new Operation(
                    "remove if there",
                    cache -> cache.invoke("k", (entry, arguments) -> {
                        boolean exists = entry.exists();
                        entry.remove();
                        return exists;
                    }),
                    value -> new After(value != null, null)));

    private static @Nullable Object done(Runnable call) {
        call.run();
        return null;
    }

    /** What an actor did, and what it was answered. */
    private record Done(Operation operation, @Nullable Object answer) {}

    @ParameterizedTest
    @EnumSource(Way.class)
    void someOrderExplainsAll(Way way) {
        Interleavings.ofSeeds(SCHEDULES).check(run -> play(run, way));
    }

    private void play(Interleaving run, Way way) {
        try (Fleet fleet = new Fleet()) {
            LarderCache<String, Integer> one = join(fleet, run, way);
            LarderCache<String, Integer> other = join(fleet, run, way);
            Integer first = run.choose(2) == 0 ? null : 0;
            if (first != null) {
                one.put("k", first);
            }
            Map<Integer, List<Done>> history = new ConcurrentSkipListMap<>();
            actor(run, 0, one, history);
            actor(run, 1, other, history);
            actor(run, 2, other, history);

            run.play();

            Integer last = one.get("k");
            assertThat(isExplained(new TreeMap<>(history), new int[3], first, last))
                    .as("first %s, then %s, then %s", first, history, last)
                    .isTrue();
        }
    }

    private static LarderCache<String, Integer> join(Fleet fleet, Interleaving run, Way way) {
        Fleet.Wrapping pointed = new Fleet.Wrapping() {
            @Override
            public <K, V> Store<K, V> wrap(Store<K, V> store) {
                return new PointedStore<>(store, run::point);
            }
        };
        return fleet.join(String.class, Integer.class, pointed, way.settings);
    }

    private static void actor(
            Interleaving run, int number, LarderCache<String, Integer> cache, Map<Integer, List<Done>> history) {
        List<Operation> operations = IntStream.range(0, 1 + run.choose(2))
                .mapToObj(i -> OPERATIONS.get(run.choose(OPERATIONS.size())))
                .toList();
        List<Done> mine = new ArrayList<>();
        history.put(number, mine);
        run.actor(
                "actor " + number,
                () -> operations.forEach(
                        each -> mine.add(new Done(each, each.call().apply(cache)))));
    }

    /** Whether some order of what is left makes the last value of this one. */
    private static boolean isExplained(
            Map<Integer, List<Done>> history, int[] next, @Nullable Integer value, @Nullable Integer last) {
        boolean isOver = true;
        for (int actor = 0; actor < next.length; actor++) {
            List<Done> mine = history.get(actor);
            if (next[actor] == mine.size()) {
                continue;
            }
            isOver = false;
            Done done = mine.get(next[actor]);
            After after = done.operation().model().apply(value);
            if (Objects.equals(after.answer(), done.answer())) {
                int[] then = next.clone();
                then[actor]++;
                if (isExplained(history, then, after.value(), last)) {
                    return true;
                }
            }
        }
        return isOver && Objects.equals(value, last);
    }
}
