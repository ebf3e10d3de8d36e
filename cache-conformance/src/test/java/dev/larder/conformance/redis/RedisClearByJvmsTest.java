package dev.larder.conformance.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.redis.RedisSettings;
import dev.larder.redis.RedisStores;
import dev.larder.store.Change;
import dev.larder.store.Store;
import dev.larder.store.Tags;
import dev.larder.store.Ttl;
import dev.larder.testkit.server.RedisServer;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@link RedisClearTest} finds in calm of sets of connections, with JVMs in their place. */
@Timeout(1_200)
class RedisClearByJvmsTest {

    private static final boolean STRESS = Boolean.getBoolean("larder.stress");
    private static final int JVMS = STRESS ? 4 : 2;
    private static final int ROUNDS = STRESS ? 1_000 : 20;
    private static final Duration IN_CALM = Duration.ofMillis(STRESS ? 50 : 500);

    /** A busy machine may stop somebody for seconds. */
    private static final double ALMOST_ALL = STRESS ? 0.999 : 0.8;

    private static final String TAG = "tag";

    private final RedisServer server = RedisServer.start();
    private final List<ClientJvm> jvms = new ArrayList<>();
    private RedisStores source;
    private Store<String, String> store;

    @BeforeEach
    void connect() {
        source = RedisStores.connect(RedisSettings.of(URI.create(server.uri())));
        store = source.stores().open(ClearedReader.CONTEXT);
    }

    @AfterEach
    void stop() {
        jvms.forEach(ClientJvm::close);
        store.close();
        source.close();
        server.close();
    }

    @Test
    void otherJvmsHaveItForSomeMillisecondsAtMost() {
        startReaders(JVMS, ClearedReader.SOUND);

        long[] nanos = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long dropped = putAndDrop(round, round % 2 == 0);
            String told = ClearedReader.value(round) + " ";
            awaitAll(ClearedReader.GONE, told);
            nanos[round] = jvms.stream()
                    .flatMap(jvm -> jvm.said(ClearedReader.GONE))
                    .filter(line -> line.startsWith(told))
                    .mapToLong(line -> Long.parseLong(line.substring(told.length())) - dropped)
                    .max()
                    .orElseThrow();
        }

        Arrays.sort(nanos);
        Duration almostMost = Duration.ofNanos(nanos[(int) Math.ceil(ROUNDS * ALMOST_ALL) - 1]);
        System.getLogger(getClass().getName())
                .log(Level.INFO, "{0} JVMs: {1} at {2} of {3} rounds", JVMS, almostMost, ALMOST_ALL, ROUNDS);
        assertThat(almostMost).isLessThanOrEqualTo(IN_CALM);
    }

    /** The tooth: by a tag, as what was cleared is also swept away. */
    @Test
    void jvmThatHearsNothingHasItForLonger() throws Exception {
        startReaders(1, ClearedReader.DEAF);

        putAndDrop(0, true);
        TimeUnit.NANOSECONDS.sleep(IN_CALM.multipliedBy(2).toNanos());
        assertThat(jvms.get(0).said(ClearedReader.GONE)).isEmpty();
    }

    private void startReaders(int count, String kind) {
        for (int i = 0; i < count; i++) {
            jvms.add(ClientJvm.start(ClearedReader.class, server.uri(), kind, "" + ROUNDS));
        }
        jvms.forEach(ClientJvm::awaitReady);
        jvms.forEach(ClientJvm::go);
    }

    /** Puts a value that all have read when it is dropped again, and returns when that was done. */
    private long putAndDrop(int round, boolean byTag) {
        String value = ClearedReader.value(round);
        store.write(ClearedReader.KEY, Change.put(value, Ttl.ETERNAL).withTags(Tags.of(Set.of(TAG))));
        awaitAll(ClearedReader.SAW, value);
        if (byTag) {
            store.invalidateTags(Set.of(TAG));
        } else {
            store.clear();
        }
        return System.nanoTime();
    }

    /** Waits until all JVMs have said something. */
    private void awaitAll(String word, String beginning) {
        BooleanSupplier all =
                () -> jvms.stream().allMatch(jvm -> jvm.said(word).anyMatch(line -> line.startsWith(beginning)));
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!all.getAsBoolean()) {
            assertThat(System.nanoTime()).as("%s %s: %s", word, beginning, jvms).isLessThan(end);
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
