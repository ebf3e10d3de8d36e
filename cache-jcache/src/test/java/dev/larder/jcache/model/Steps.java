package dev.larder.jcache.model;

import static dev.larder.jcache.model.Setup.one;

import dev.larder.jcache.LarderCache;
import dev.larder.jcache.model.Script.Action;
import dev.larder.jcache.model.Script.Move;
import dev.larder.jcache.model.Step.Call;
import dev.larder.jcache.model.Step.Change;
import dev.larder.jcache.model.Step.Operation;
import dev.larder.jcache.model.Step.Pass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.cache.Cache;
import javax.cache.integration.CompletionListenerFuture;

/** Draws the steps of a sequence: few keys, few values and few durations, so that one step meets what another left. */
final class Steps<V> {

    private static final List<Integer> TTLS = List.of(0, 1, 50, 3_000, 60_000);
    private static final List<Integer> PAUSES = List.of(1, 25, 49, 50, 51, 999, 1_000, 1_001, 3_000, 20_000);
    private static final int NUMBERS = 4;

    private final Setup setup;
    private final RandomGenerator random;
    private final List<Supplier<Step<V>>> kinds = new ArrayList<>();

    Steps(Setup setup, RandomGenerator random) {
        this.setup = setup;
        this.random = random;
        addReads();
        addPuts();
        addTags();
        addReplacements();
        addRemovals();
        if (setup.processors() != Setup.ProcessorUse.NEVER) {
            add(4, this::invoke);
            add(2, this::invokeAll);
        }
        add(5, this::pass);
        add(3, this::passToDeadline);
        add(3, () -> new Change<>(random.nextInt(32), 50 + random.nextInt(50)));
    }

    /** Draws a sequence. In the end all that is there is looked at, and then dies. */
    List<Step<V>> draw(int length) {
        List<Step<V>> steps = new ArrayList<>(length);
        if (setup.processors() == Setup.ProcessorUse.FIRST) {
            steps.add(invoke());
        }
        while (steps.size() < length - 2) {
            steps.add(one(kinds, random).get());
        }
        steps.add(iterate(Set.of()));
        steps.add(untilAllIsDead());
        return steps;
    }

    /** After it everything must have been told. */
    static <V> Step<V> untilAllIsDead() {
        return new Pass<>(3_600_000, -1, true);
    }

    private void add(int weight, Supplier<Step<V>> kind) {
        for (int i = 0; i < weight; i++) {
            kinds.add(kind);
        }
    }

    private void addReads() {
        add(4, () -> {
            String key = key();
            return operation("get " + key, (cache, values) -> cache.get(key));
        });
        add(2, () -> {
            Set<String> keys = keys();
            return operation("getAll " + keys, (cache, values) -> cache.getAll(keys));
        });
        add(1, () -> {
            String key = key();
            return operation("containsKey " + key, (cache, values) -> cache.containsKey(key));
        });
        add(2, () -> iterate(random.nextBoolean() ? Set.of() : keys()));
        add(2, this::loadAll);
    }

    private void addPuts() {
        add(4, () -> {
            String key = key();
            int number = number();
            return operation("put " + key + "=" + number, (cache, values) -> {
                cache.put(key, values.of(number));
                return null;
            });
        });
        add(2, () -> {
            String key = key();
            int number = number();
            return operation(
                    "getAndPut " + key + "=" + number, (cache, values) -> cache.getAndPut(key, values.of(number)));
        });
        add(2, () -> {
            Map<String, Integer> numbers = numbers();
            return operation("putAll " + numbers, (cache, values) -> {
                Map<String, V> all = new TreeMap<>();
                numbers.forEach((key, number) -> all.put(key, values.of(number)));
                cache.putAll(all);
                return null;
            });
        });
        add(2, () -> {
            String key = key();
            int number = number();
            return operation(
                    "putIfAbsent " + key + "=" + number, (cache, values) -> cache.putIfAbsent(key, values.of(number)));
        });
        addPutsWithTtl();
    }

    private void addPutsWithTtl() {
        add(2, () -> {
            String key = key();
            int number = number();
            int ttl = ttl();
            return operation("put " + key + "=" + number + " for " + ttl + " ms", (cache, values) -> {
                cache.put(key, values.of(number), Duration.ofMillis(ttl));
                return null;
            });
        });
        add(1, () -> {
            String key = key();
            int number = number();
            int ttl = ttl();
            return operation(
                    "putIfAbsent " + key + "=" + number + " for " + ttl + " ms",
                    (cache, values) -> cache.putIfAbsent(key, values.of(number), Duration.ofMillis(ttl)));
        });
        add(2, () -> {
            String key = key();
            int ttl = ttl();
            return operation(
                    "touch " + key + " for " + ttl + " ms",
                    (cache, values) -> cache.touch(key, Duration.ofMillis(ttl)));
        });
    }

    private void addTags() {
        add(3, () -> {
            String key = key();
            int number = number();
            Set<String> tags = tags();
            return operation("put " + key + "=" + number + " with " + tags, (cache, values) -> {
                cache.put(key, values.of(number), tags);
                return null;
            });
        });
        add(1, () -> {
            String key = key();
            int number = number();
            int ttl = ttl();
            Set<String> tags = tags();
            return operation("put " + key + "=" + number + " for " + ttl + " ms with " + tags, (cache, values) -> {
                cache.put(key, values.of(number), Duration.ofMillis(ttl), tags);
                return null;
            });
        });
        add(3, () -> {
            Set<String> tags = tags();
            return effect("invalidate tags " + tags, cache -> cache.invalidateTags(tags));
        });
    }

    private Set<String> tags() {
        return Set.copyOf(List.of("t" + number(), "t" + number()));
    }

    private void addReplacements() {
        add(2, () -> {
            String key = key();
            int number = number();
            return operation("replace " + key + "=" + number, (cache, values) -> cache.replace(key, values.of(number)));
        });
        add(3, () -> {
            String key = key();
            int expected = number();
            int number = number();
            return operation(
                    "replace " + key + "=" + expected + " by " + number,
                    (cache, values) -> cache.replace(key, values.of(expected), values.of(number)));
        });
        add(2, () -> {
            String key = key();
            int number = number();
            return operation(
                    "getAndReplace " + key + "=" + number,
                    (cache, values) -> cache.getAndReplace(key, values.of(number)));
        });
    }

    private void addRemovals() {
        add(2, () -> {
            String key = key();
            return operation("remove " + key, (cache, values) -> cache.remove(key));
        });
        add(2, () -> {
            String key = key();
            int expected = number();
            return operation(
                    "remove " + key + "=" + expected, (cache, values) -> cache.remove(key, values.of(expected)));
        });
        add(1, () -> {
            String key = key();
            return operation("getAndRemove " + key, (cache, values) -> cache.getAndRemove(key));
        });
        add(1, () -> {
            Set<String> keys = keys();
            return effect("removeAll " + keys, cache -> cache.removeAll(keys));
        });
        add(1, () -> effect("removeAll", Cache::removeAll));
        add(1, () -> effect("clear", Cache::clear));
        add(1, () -> {
            String key = key();
            return effect("invalidate " + key, cache -> cache.invalidate(key));
        });
        add(1, () -> {
            Set<String> keys = keys();
            return effect("invalidateAll " + keys, cache -> cache.invalidateAll(keys));
        });
    }

    /** Something that is done to a cache and answers nothing. */
    private interface CacheEffect<V> {
        void on(LarderCache<String, V> cache);
    }

    private Step<V> effect(String text, CacheEffect<V> effect) {
        return operation(text, (cache, values) -> {
            effect.on(cache);
            return null;
        });
    }

    private Step<V> operation(String text, Call<V> call) {
        return new Operation<>(text, faults(), true, call);
    }

    /** Draws what goes wrong: most often nothing. */
    private Faults faults() {
        if (random.nextInt(4) > 0) {
            return Faults.NONE;
        }
        boolean standard = random.nextBoolean();
        return switch (random.nextInt(3)) {
            case 0 -> new Faults(keys(), Set.of(), Set.of(), standard);
            case 1 -> new Faults(Set.of(), keys(), Set.of(), standard);
            default -> new Faults(Set.of(), Set.of(), keys(), standard);
        };
    }

    private String key() {
        return "k" + random.nextInt(setup.keys());
    }

    private Set<String> keys() {
        return numbers().keySet();
    }

    private Map<String, Integer> numbers() {
        Map<String, Integer> numbers = new TreeMap<>();
        for (int i = random.nextInt(setup.keys() + 1); i > 0; i--) {
            numbers.put(key(), number());
        }
        return numbers;
    }

    private int number() {
        return random.nextInt(NUMBERS);
    }

    private int ttl() {
        return one(TTLS, random);
    }

    private Step<V> loadAll() {
        Set<String> keys = keys();
        boolean replace = random.nextBoolean();
        return operation((replace ? "reloadAll " : "loadAll ") + keys, (cache, values) -> {
            CompletionListenerFuture done = new CompletionListenerFuture();
            cache.loadAll(keys, replace, done);
            return await(done);
        });
    }

    private static Object await(CompletionListenerFuture done) {
        try {
            return done.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("loadAll was not done in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private Step<V> iterate(Set<String> removed) {
        String text = removed.isEmpty() ? "iterate" : "iterate and remove " + removed;
        return new Operation<>(text, faults(), false, (cache, values) -> walk(cache, removed));
    }

    /** Returns what was met, and what came of the removals that failed: these end no walk. */
    private static <V> Object walk(Cache<String, V> cache, Set<String> removed) {
        Map<String, Object> met = new TreeMap<>();
        for (Iterator<Cache.Entry<String, V>> entries = cache.iterator(); entries.hasNext(); ) {
            Cache.Entry<String, V> entry = entries.next();
            met.put(entry.getKey(), entry.getValue());
            if (removed.contains(entry.getKey())) {
                Object removal = Failure.orAnswer(() -> {
                    entries.remove();
                    return "done";
                });
                met.put("removal of " + entry.getKey(), removal);
            }
        }
        return met;
    }

    private Step<V> invoke() {
        String key = key();
        List<Move> moves = moves();
        return operation("invoke " + key + " " + moves, (cache, values) -> cache.invoke(key, script(moves, values)));
    }

    private Step<V> invokeAll() {
        Set<String> keys = keys();
        List<Move> moves = moves();
        return operation("invokeAll " + keys + " " + moves, (cache, values) -> {
            Map<String, Object> results = new TreeMap<>();
            cache.invokeAll(keys, script(moves, values))
                    .forEach((key, result) -> results.put(key, Failure.orAnswer(result::get)));
            return results;
        });
    }

    private static <V> Script<V> script(List<Move> moves, ValuePool<V> values) {
        return new Script<>(moves, values);
    }

    private List<Move> moves() {
        List<Move> moves = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            // most of the time something else than a failure
            Action action = one(List.of(Action.values()), random);
            boolean isRare = action == Action.FAIL || action == Action.FAIL_BY_THE_STANDARD;
            moves.add(move(isRare && random.nextInt(4) > 0 ? Action.GET : action));
        }
        return moves;
    }

    private Move move(Action action) {
        return new Move(
                action,
                switch (action) {
                    case SET_TTL -> ttl();
                    case CHANGE -> 50 + random.nextInt(50);
                    default -> number();
                });
    }

    private Step<V> pass() {
        return new Pass<>(one(PAUSES, random), -1, random.nextBoolean());
    }

    private Step<V> passToDeadline() {
        return new Pass<>(random.nextInt(3) - 1, random.nextInt(setup.keys()), random.nextBoolean());
    }
}
