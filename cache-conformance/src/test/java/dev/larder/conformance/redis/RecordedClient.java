package dev.larder.conformance.redis;

import dev.larder.jcache.LarderCache;
import dev.larder.testkit.history.HistoryRecorder;
import dev.larder.testkit.history.HistoryRecorder.Pending;
import dev.larder.testkit.history.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Makes random operations of all kinds on values and counters, and records what it is answered. Every value is another one. What failed without
 * having changed anything is made again.
 */
final class RecordedClient implements AutoCloseable {

    /** Of so many keys one is a counter. */
    private static final int COUNTERS = 5;

    private final LarderCache<String, String> values;
    private final LarderCache<String, Long> counters;
    private final HistoryRecorder recorder;
    private final long seed;
    private final int keys;

    RecordedClient(Member member, Path file, long seed, int keys, Duration deadline) throws IOException {
        this.values = member.cache("values", String.class, settings -> settings.storeDeadline(deadline));
        this.counters = member.cache("counters", Long.class, settings -> settings.storeDeadline(deadline));
        this.recorder = HistoryRecorder.open(file, System::nanoTime);
        this.seed = seed;
        this.keys = keys;
    }

    /** {@code uri file seed keys threads operations deadline}: operations of each thread, and the deadline in milliseconds. */
    public static void main(String[] arguments) throws Exception {
        RecordedClient client = new RecordedClient(
                new Member(arguments[0]),
                Path.of(arguments[1]),
                Long.parseLong(arguments[2]),
                Integer.parseInt(arguments[3]),
                Duration.ofMillis(Long.parseLong(arguments[6])));
        Member.work(() -> client.run(Integer.parseInt(arguments[4]), Integer.parseInt(arguments[5])));
    }

    void run(int threads, int operations) throws Exception {
        Member.inThreads(threads, thread -> new Player(seed + thread).play(operations));
    }

    @Override
    public void close() throws IOException {
        recorder.close();
    }

    /** One thread. */
    private final class Player {

        private final Random random;
        private final String name;
        private final Map<String, String> lastSeen = new HashMap<>();
        private int lastValue;

        Player(long seed) {
            this.random = new Random(seed);
            this.name = Long.toString(seed, Character.MAX_RADIX);
        }

        void play(int operations) throws InterruptedException {
            for (int i = 0; i < operations; i++) {
                int number = random.nextInt(keys);
                while (!(number % COUNTERS == 0 ? count("counter-" + number) : change("value-" + number))) {
                    TimeUnit.MILLISECONDS.sleep(2);
                }
            }
        }

        private boolean count(String key) {
            return random.nextInt(4) == 0
                    ? make(key, Operation.get(), () -> counters.get(key))
                    : make(key, Operation.increment(1), () -> counters.invoke(key, Increments::add));
        }

        private boolean change(String key) {
            String value = name + "." + ++lastValue;
            String seen = lastSeen.getOrDefault(key, "never");
            return switch (random.nextInt(15)) {
                case 0, 1, 2 -> make(key, Operation.get(), () -> seen(key, values.get(key)));
                case 3 -> make(key, Operation.containsKey(), () -> values.containsKey(key));
                case 4 -> make(key, Operation.putIfAbsent(value), () -> values.putIfAbsent(key, value));
                case 5 -> make(key, Operation.getAndPut(value), () -> seen(key, values.getAndPut(key, value)));
                case 6 -> make(key, Operation.replace(value), () -> values.replace(key, value));
                case 7, 8 -> make(key, Operation.replace(seen, value), () -> values.replace(key, seen, value));
                case 9 -> make(key, Operation.getAndReplace(value), () -> values.getAndReplace(key, value));
                case 10 -> make(key, Operation.remove(), () -> values.remove(key));
                case 11 -> make(key, Operation.remove(seen), () -> values.remove(key, seen));
                case 12 -> make(key, Operation.getAndRemove(), () -> values.getAndRemove(key));
                default -> make(key, Operation.put(value), () -> put(key, value));
            };
        }

        private @Nullable Object put(String key, String value) {
            values.put(key, value);
            lastSeen.put(key, value);
            return null;
        }

        private @Nullable String seen(String key, @Nullable String value) {
            if (value != null) {
                lastSeen.put(key, value);
            }
            return value;
        }

        /** Returns false if nothing came of it. */
        private boolean make(String key, Operation operation, Supplier<? extends @Nullable Object> call) {
            Pending pending = recorder.begin(key, operation);
            try {
                pending.answered(call.get());
            } catch (CacheException e) {
                if (Member.changedNothing(e)) {
                    pending.notApplied();
                    return false;
                }
                if (Member.timedOut(e)) {
                    recorder.begin(key, Operation.remove()); // what may yet come is removed when it can come no more
                }
            }
            return true;
        }
    }
}
