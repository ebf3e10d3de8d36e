package dev.larder.conformance.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.LarderCache;
import dev.larder.patterns.jdbc.Dialect;
import dev.larder.patterns.jdbc.Table;
import dev.larder.patterns.write.JdbcWriter;
import dev.larder.patterns.write.UnknownOutcomeException;
import dev.larder.store.Change;
import dev.larder.store.Outcome;
import dev.larder.store.Store;
import dev.larder.testkit.ForwardingStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two managers, over one store that they share, write through to one PostgreSQL that refuses rows and loses commits while its connections are killed: at the end store and table are the same, key by
 * key.
 */
@Tag("outage")
@Timeout(900)
class SharedWriteThroughChaosTest {

    private static final int WRITERS = 8;
    private static final int WRITES = Boolean.getBoolean("larder.stress") ? 2_000 : 100;
    private static final Table ITEMS = Table.named("item").key("id").columns("value");

    private static UnreliablePostgres database;

    @BeforeAll
    static void startDatabase() throws Exception {
        database = new UnreliablePostgres();
    }

    @AfterAll
    static void stopDatabase() throws Exception {
        database.close();
    }

    /** Takes a while before it changes something: time enough for another manager to write the same key to the database and to the store. */
    private static final class DawdlingStore<K, V> extends ForwardingStore<K, V> {

        private final long mostNanos;

        DawdlingStore(Store<K, V> store, Duration most) {
            super(store);
            this.mostNanos = most.toNanos();
        }

        @Override
        public Outcome<V> write(K key, Change<V> change) {
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(mostNanos));
            return super.write(key, change);
        }
    }

    private static final class Chaos implements AutoCloseable {

        private final long seed = System.nanoTime();
        private final int keys;
        private final Fleet fleet = new Fleet();
        private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);
        private final AtomicInteger lastValue = new AtomicInteger();
        private final AtomicInteger failures = new AtomicInteger();
        private final AtomicInteger killed = new AtomicInteger();
        private final Set<Integer> doubtful = ConcurrentHashMap.newKeySet();
        private final List<LarderCache<Integer, Integer>> members;

        Chaos(int keys, Fleet.Wrapping wrapping) throws SQLException {
            this.keys = keys;
            database.clear();
            JdbcWriter<Integer, Integer> writer = JdbcWriter.<Integer, Integer>of(
                            database.dataSource(),
                            ITEMS.upsert(Dialect.POSTGRESQL),
                            (statement, id, value) -> {
                                statement.setInt(1, id);
                                statement.setInt(2, value);
                            },
                            ITEMS.delete())
                    .batch(3);
            members = List.of(join(wrapping, writer), join(wrapping, writer));
        }

        private LarderCache<Integer, Integer> join(Fleet.Wrapping wrapping, JdbcWriter<Integer, Integer> writer) {
            return fleet.join(
                    Integer.class,
                    Integer.class,
                    wrapping,
                    settings -> settings.writer(writer).storeDeadline(Duration.ofMinutes(1)));
        }

        void run(int writes) throws Exception {
            Future<?> killer = threads.submit(() -> {
                killed.set(database.killConnections());
                return null;
            });
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                LarderCache<Integer, Integer> cache = members.get(i % members.size());
                Random random = new Random(seed + i);
                writers.add(threads.submit(() -> write(cache, writes, random)));
            }
            for (Future<?> writer : writers) {
                writer.get(800, TimeUnit.SECONDS);
            }
            killer.cancel(true);
            threads.shutdown();
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }

        private void write(LarderCache<Integer, Integer> cache, int writes, Random random) {
            for (int i = 0; i < writes; i++) {
                try {
                    change(cache, random);
                } catch (UnknownOutcomeException e) {
                    Set<Integer> unknown = new HashSet<>();
                    e.keys().forEach(key -> unknown.add((Integer) key));
                    doubtful.addAll(unknown);
                    cache.invalidateAll(unknown);
                } catch (CacheWriterException e) {
                    failures.incrementAndGet();
                }
            }
        }

        private void change(LarderCache<Integer, Integer> cache, Random random) {
            switch (random.nextInt(6)) {
                case 0 -> cache.remove(random.nextInt(keys));
                case 1 -> cache.removeAll(values(random).keySet());
                case 2, 3 -> cache.putAll(values(random));
                default -> cache.put(random.nextInt(keys), lastValue.incrementAndGet());
            }
        }

        private Map<Integer, Integer> values(Random random) {
            Map<Integer, Integer> values = new TreeMap<>();
            for (int i = 0; i < 7; i++) {
                values.put(random.nextInt(keys), lastValue.incrementAndGet());
            }
            return values;
        }

        Map<Integer, Integer> inStore() {
            Map<Integer, Integer> found = new TreeMap<>();
            members.get(1).forEach(entry -> found.put(entry.getKey(), entry.getValue()));
            return found;
        }

        @Override
        public void close() {
            threads.shutdownNow();
            fleet.close();
        }

        @Override
        public String toString() {
            return "seed %d: %d plain failures, %d keys in doubt, %d killed, %d commits and %d replies lost"
                    .formatted(
                            seed,
                            failures.get(),
                            doubtful.size(),
                            killed.get(),
                            database.lostCommits(),
                            database.lostReplies());
        }
    }

    @Test
    void storeAndTableAreTheSameAtTheEnd() throws Exception {
        try (Chaos chaos = new Chaos(50, SharedWriteThroughChaosTest::slow)) {
            chaos.run(WRITES);

            Map<Integer, Integer> inStore = chaos.inStore();
            Map<Integer, Integer> missing = new TreeMap<>(database.rows());
            assertThat(missing).as(chaos.toString()).containsAllEntriesOf(inStore);
            // what was invalidated is missing in the store, and nothing else
            missing.keySet().removeAll(inStore.keySet());
            assertThat(chaos.doubtful).as(chaos.toString()).containsAll(missing.keySet());
            assertThat(inStore).as(chaos.toString()).isNotEmpty();
            assertThat(chaos.failures).as(chaos.toString()).hasPositiveValue();
            assertThat(chaos.killed).as(chaos.toString()).hasPositiveValue();
            assertThat(database.lostCommits()).as(chaos.toString()).isPositive();
            assertThat(database.lostReplies()).as(chaos.toString()).isPositive();
            System.getLogger(getClass().getName()).log(System.Logger.Level.INFO, chaos::toString);
        }
    }

    private static <K, V> Store<K, V> slow(Store<K, V> store) {
        return new DawdlingStore<>(store, Duration.ofMillis(2));
    }

    /** Slower than the database, so that changes pass each other in most rounds. */
    private static <K, V> Store<K, V> leaseless(Store<K, V> store) {
        return new LeaselessStore<>(new DawdlingStore<>(store, Duration.ofMillis(30)));
    }

    /** With few keys, so that both managers write the same one at a time; and with few writes, as only the last ones of a key tell. */
    @Test
    void withoutLeasesTheyDiffer() throws Exception {
        boolean same = true;
        for (int round = 0; same && round < 300; round++) {
            try (Chaos chaos = new Chaos(5, SharedWriteThroughChaosTest::leaseless)) {
                chaos.run(3);

                same = database.rows().equals(chaos.inStore());
            }
        }
        assertThat(same).isFalse();
    }
}
