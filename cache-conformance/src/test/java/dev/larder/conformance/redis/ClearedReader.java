package dev.larder.conformance.redis;

import dev.larder.redis.RedisSettings;
import dev.larder.redis.RedisStores;
import dev.larder.store.Entry;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A JVM that waits for one value after the other, and tells when it read that one the last time, and if it comes back later. Its clock is the one of all
 * JVMs of the machine.
 */
final class ClearedReader {

    static final String KEY = "key";
    static final String SAW = "saw";
    static final String GONE = "gone";

    /** Is said of a value that was gone and is read again. */
    static final String BACK = "back";

    static final String SOUND = "sound";

    /** Makes a reader that hears of nothing and asks nobody. */
    static final String DEAF = "deaf";

    static final StoreContext<String, String> CONTEXT =
            StoreContext.of("cleared", String.class, String.class).withStoreDeadline(Duration.ofSeconds(30));

    /** For how long it goes on to read what is gone. */
    private static final Duration AFTERWARDS = Duration.ofMillis(100);

    private ClearedReader() {}

    /** {@code uri sound|deaf rounds every}: of so many rounds two go on when the value is gone. */
    public static void main(String[] arguments) throws Exception {
        String uri = arguments[0];
        try (RedisStores source = RedisStores.connect(RedisSettings.of(URI.create(uri)));
                Store<String, String> store = arguments[1].equals(DEAF)
                        ? PartedStores.openDeaf(CONTEXT, uri, () -> 0)
                        : source.stores().open(CONTEXT)) {
            int every = Integer.parseInt(arguments[3]);
            Member.work(() -> {
                for (int round = 0; round < Integer.parseInt(arguments[2]); round++) {
                    follow(store, value(round), round % every < 2 ? AFTERWARDS : Duration.ZERO);
                }
            });
        }
    }

    static String value(int round) {
        return "value-" + round;
    }

    private static void follow(Store<String, String> store, String value, Duration afterwards)
            throws InterruptedException {
        while (!isThere(store, value)) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        Member.say(SAW, value);
        long last = lastRead(store, value);
        long end = System.nanoTime() + afterwards.toNanos();
        while (System.nanoTime() < end) {
            if (isThere(store, value)) {
                Member.say(BACK, value);
            }
        }
        Member.say(GONE, value, last);
    }

    /** Reads until another answer comes, and returns when it read the value the last time. */
    private static long lastRead(Store<String, String> store, String value) throws InterruptedException {
        long last = System.nanoTime();
        while (true) {
            try {
                if (!value.equals(read(store))) {
                    return last;
                }
                last = System.nanoTime();
            } catch (StoreException e) {
                TimeUnit.MILLISECONDS.sleep(1); // who is not answered reads nothing old
            }
        }
    }

    private static boolean isThere(Store<String, String> store, String value) {
        try {
            return value.equals(read(store));
        } catch (StoreException e) {
            return false;
        }
    }

    private static @Nullable String read(Store<String, String> store) {
        Entry<String> entry = store.read(KEY);
        return entry == null ? null : entry.value();
    }
}
