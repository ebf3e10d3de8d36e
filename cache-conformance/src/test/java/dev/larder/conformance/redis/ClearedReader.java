package dev.larder.conformance.redis;

import dev.larder.redis.RedisSettings;
import dev.larder.redis.RedisStores;
import dev.larder.store.Entry;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A JVM that waits for one value after the other, and tells since when it reads that one no more. Its clock is the one of all JVMs of the machine. */
final class ClearedReader {

    static final String KEY = "key";
    static final String SAW = "saw";
    static final String GONE = "gone";
    static final String SOUND = "sound";

    /** Makes a reader that hears of nothing and asks nobody. */
    static final String DEAF = "deaf";

    static final StoreContext<String, String> CONTEXT =
            StoreContext.of("cleared", String.class, String.class).withStoreDeadline(Duration.ofSeconds(30));

    private ClearedReader() {}

    /** {@code uri sound|deaf rounds}. */
    public static void main(String[] arguments) throws Exception {
        String uri = arguments[0];
        try (RedisStores source = RedisStores.connect(RedisSettings.of(URI.create(uri)));
                Store<String, String> store = arguments[1].equals(DEAF)
                        ? PartedStores.openDeaf(CONTEXT, uri, () -> 0)
                        : source.stores().open(CONTEXT)) {
            Member.work(() -> {
                for (int round = 0; round < Integer.parseInt(arguments[2]); round++) {
                    follow(store, value(round));
                }
            });
        }
    }

    static String value(int round) {
        return "value-" + round;
    }

    private static void follow(Store<String, String> store, String value) throws InterruptedException {
        while (!value.equals(read(store))) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        Member.say(SAW, value);
        while (value.equals(read(store))) {
            Thread.onSpinWait();
        }
        Member.say(GONE, value, System.nanoTime());
    }

    private static @Nullable String read(Store<String, String> store) {
        Entry<String> entry = store.read(KEY);
        return entry == null ? null : entry.value();
    }
}
