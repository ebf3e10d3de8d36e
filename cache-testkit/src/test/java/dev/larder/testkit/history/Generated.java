package dev.larder.testkit.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes histories as clients of a linearizable cache would record them: each call takes effect at a random moment between its begin
 * and its end. Of some the outcome is unknown; they take effect later, or never. Values are Longs, so that everything can be
 * incremented.
 */
final class Generated {

    private static final long LONGEST_CALL = 1_000;

    private final Random random;
    private final Shape shape;
    private final AtomicLong lastValue = new AtomicLong();

    /**
     * How large a history is.
     *
     * @param clients each makes one call after the other
     * @param unknownPerMille how many calls of a thousand get no answer
     * @param values how many different values there are
     * @param distance how far one value is from the next: what increments make of one is another, or is not
     */
    record Shape(int clients, int callsPerClient, int keys, int unknownPerMille, long values, long distance) {}

    /** A call that is made, and when it takes effect. */
    private record Planned(String name, String key, Operation operation, long began, long effect, long ended) {}

    private Generated(long seed, Shape shape) {
        this.random = new Random(seed);
        this.shape = shape;
    }

    static List<Call> calls(long seed, Shape shape) {
        return new Generated(seed, shape).calls();
    }

    private List<Call> calls() {
        List<Planned> plan = new ArrayList<>();
        IntStream.range(0, shape.clients()).forEach(client -> plan(client, plan));
        plan.sort(Comparator.comparingLong(Planned::effect));
        Map<String, Object> cache = new HashMap<>();
        return plan.stream().map(each -> carryOut(each, cache)).toList();
    }

    private void plan(int client, List<Planned> plan) {
        long now = random.nextLong(LONGEST_CALL);
        for (int i = 0; i < shape.callsPerClient(); i++) {
            Planned next = plan(client + "#" + i, now);
            plan.add(next);
            now = Math.min(next.ended(), next.began() + LONGEST_CALL) + 1 + random.nextLong(LONGEST_CALL / 2);
        }
    }

    private Planned plan(String name, long began) {
        String key = "key" + random.nextInt(shape.keys());
        long length = 1 + random.nextLong(LONGEST_CALL);
        if (random.nextInt(1_000) >= shape.unknownPerMille()) {
            return new Planned(name, key, operation(), began, began + random.nextLong(length), began + length);
        }
        long late = random.nextInt(3) == 0 ? Call.NEVER : began + random.nextLong(5 * LONGEST_CALL);
        return new Planned(name, key, operation(), began, late, Call.NEVER);
    }

    private static Call carryOut(Planned call, Map<String, Object> cache) {
        Object answer = call.effect() == Call.NEVER ? null : BruteForce.apply(cache, call.key(), call.operation());
        return new Call(
                call.name(),
                call.key(),
                call.operation(),
                call.began(),
                call.ended(),
                call.ended() == Call.NEVER ? null : answer);
    }

    private Operation operation() {
        return switch (random.nextInt(15)) {
            case 0, 1, 2 -> Operation.get();
            case 3 -> Operation.containsKey();
            case 4, 5 -> Operation.put(fresh());
            case 6 -> Operation.putIfAbsent(fresh());
            case 7 -> Operation.getAndPut(fresh());
            case 8 -> Operation.replace(fresh());
            case 9 -> Operation.replace(old(), fresh());
            case 10 -> Operation.getAndReplace(fresh());
            case 11 -> Operation.remove();
            case 12 -> Operation.remove(old());
            case 13 -> Operation.getAndRemove();
            default -> Operation.increment(1 + random.nextInt(2));
        };
    }

    private Long fresh() {
        return lastValue.incrementAndGet() % shape.values() * shape.distance();
    }

    private Long old() {
        return Math.max(0, lastValue.get() - random.nextInt(3)) % shape.values() * shape.distance();
    }

    /** Returns the history with one answer changed into another that the same kind of call might give, or as it was. */
    static List<Call> withOneAnswerChanged(long seed, List<Call> calls) {
        Random random = new Random(seed);
        List<Call> changed = new ArrayList<>(calls);
        int index = random.nextInt(calls.size());
        Call call = calls.get(index);
        if (!call.isUnknown()) {
            changed.set(index, withAnswer(call, otherAnswer(call, calls, random)));
        }
        return changed;
    }

    static Call withAnswer(Call call, @Nullable Object answer) {
        return new Call(call.name(), call.key(), call.operation(), call.beganNanos(), call.endedNanos(), answer);
    }

    private static @Nullable Object otherAnswer(Call call, List<Call> calls, Random random) {
        if (call.answer() instanceof Boolean answer) {
            return !answer;
        }
        if (call.operation().kind() == Operation.Kind.PUT) {
            return null;
        }
        return random.nextInt(4) == 0
                ? null
                : calls.get(random.nextInt(calls.size())).operation().value();
    }
}
