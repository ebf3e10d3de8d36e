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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@link RedisClearTest} finds in calm, and though channels are killed, of sets of connections, with JVMs in their place. */
@Timeout(1_200)
class RedisClearByJvmsTest {

    private static final boolean STRESS = Boolean.getBoolean("larder.stress");
    private static final int JVMS = STRESS ? 4 : 2;
    private static final int ROUNDS = STRESS ? 1_000 : 20;
    private static final int KILLS = STRESS ? 100 : 3;
    private static final int ROUNDS_PER_AFTERWARDS = 20;
    private static final Duration IN_CALM = Duration.ofMillis(STRESS ? 50 : 500);

    /** A busy machine may stop somebody for seconds. */
    private static final double ALMOST_ALL = STRESS ? 0.999 : 0.8;

    /** What is promised of JVMs that hear nothing; a busy machine takes longer. */
    private static final Duration WITHOUT_CHANNEL = Duration.ofSeconds(STRESS ? 2 : 20);

    /** Nobody may be later than that, also in the rounds that are not held to the other bounds. */
    private static final Duration MOST = WITHOUT_CHANNEL;

    private static final Duration MOST_WITHOUT_CHANNEL = Duration.ofSeconds(STRESS ? 2 : 40);

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
        startReaders(JVMS, ClearedReader.SOUND, ROUNDS, ROUNDS_PER_AFTERWARDS);

        assertInTime(nanosUntilGone(ROUNDS, () -> {}), IN_CALM, MOST, "in calm");
    }

    @Test
    @Tag("outage")
    void thoughTheirChannelsAreKilledOtherJvmsHaveItForTwoSecondsAtMost() {
        startReaders(JVMS, ClearedReader.SOUND, KILLS, 1);

        // the one of this JVM is killed as well
        long[] nanos = nanosUntilGone(KILLS, () -> Channels.kill(server, JVMS + 1));
        assertInTime(nanos, WITHOUT_CHANNEL, MOST_WITHOUT_CHANNEL, "channels killed");
    }

    /** Returns for how long the last JVM had what was dropped, in each round. */
    private long[] nanosUntilGone(int rounds, Runnable before) {
        long[] nanos = new long[rounds];
        for (int round = 0; round < rounds; round++) {
            long dropped = putAndDrop(round, round % 2 == 0, before);
            String told = ClearedReader.value(round) + " ";
            awaitAll(ClearedReader.GONE, told);
            nanos[round] = jvms.stream()
                    .flatMap(jvm -> jvm.said(ClearedReader.GONE))
                    .filter(line -> line.startsWith(told))
                    .mapToLong(line -> Long.parseLong(line.substring(told.length())) - dropped)
                    .max()
                    .orElseThrow();
        }
        return nanos;
    }

    private void assertInTime(long[] nanos, Duration bound, Duration most, String what) {
        Arrays.sort(nanos);
        Duration almostMost = Duration.ofNanos(nanos[(int) Math.ceil(nanos.length * ALMOST_ALL) - 1]);
        Duration longest = Duration.ofNanos(nanos[nanos.length - 1]);
        System.getLogger(getClass().getName())
                .log(
                        Level.INFO,
                        "{0}, {1} JVMs: {2} at {3} of {4} rounds, {5} at most",
                        what,
                        JVMS,
                        almostMost,
                        ALMOST_ALL,
                        nanos.length,
                        longest);
        assertThat(almostMost).isLessThanOrEqualTo(bound);
        assertThat(longest).isLessThanOrEqualTo(most);
        assertThat(jvms.stream().flatMap(jvm -> jvm.said(ClearedReader.BACK)))
                .as("values that were gone and read again")
                .isEmpty();
    }

    /** The tooth: by a tag, as what was cleared is also swept away. */
    @Test
    void jvmThatHearsNothingHasItForLonger() throws Exception {
        startReaders(1, ClearedReader.DEAF, 1, 1);

        putAndDrop(0, true, () -> {});
        TimeUnit.NANOSECONDS.sleep(IN_CALM.multipliedBy(2).toNanos());
        assertThat(jvms.get(0).said(ClearedReader.GONE)).isEmpty();
    }

    private void startReaders(int count, String kind, int rounds, int everyAfterwards) {
        for (int i = 0; i < count; i++) {
            jvms.add(ClientJvm.start(ClearedReader.class, server.uri(), kind, "" + rounds, "" + everyAfterwards));
        }
        jvms.forEach(ClientJvm::awaitReady);
        jvms.forEach(ClientJvm::go);
    }

    /** Puts a value that all have read when it is dropped again, and returns when that was done. */
    private long putAndDrop(int round, boolean byTag, Runnable before) {
        String value = ClearedReader.value(round);
        store.write(ClearedReader.KEY, Change.put(value, Ttl.ETERNAL).withTags(Tags.of(Set.of(TAG))));
        awaitAll(ClearedReader.SAW, value);
        before.run();
        Channels.dropPatiently(byTag ? () -> store.invalidateTags(Set.of(TAG)) : store::clear);
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
