package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.codec.UnreadableReason;
import dev.larder.codec.frame.Frame;
import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Lease;
import dev.larder.store.LeaseResult;
import dev.larder.store.Outcome;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.Store;
import dev.larder.store.Ttl;
import dev.larder.testkit.server.RedisServer;
import io.lettuce.core.KeyValue;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What somebody else left under our names, or what is left of ours: 10,000 values, all of them misses, over which all can be written. */
@Timeout(600)
class ForeignValuesTest {

    private static final int READ_OF_A_KIND = 1_000;
    private static final int WRITTEN_OF_A_KIND = 100;
    private static final int HEAD_BYTES = 37;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static RedisServer server;
    private static RedisStores stores;
    private static RedisClient client;
    private static StatefulRedisConnection<byte[], byte[]> connection;

    private final Random random = new Random(6);
    private Store<String, String> store;

    /** What takes the place of a value. */
    private enum Kind {
        OTHER_MAGIC(UnreadableReason.FOREIGN),
        RANDOM(UnreadableReason.FOREIGN),
        CUT_IN_THE_HEADER(UnreadableReason.FOREIGN),
        LATER_FORMAT(UnreadableReason.NEWER),
        LATER_FLAGS(UnreadableReason.NEWER),
        OTHER_CODEC(UnreadableReason.OTHER_CODEC),
        OTHER_TYPE(UnreadableReason.OTHER_TYPE),
        ENCRYPTED(UnreadableReason.KEY_MISSING),
        LIST(UnreadableReason.FOREIGN),
        HASH(UnreadableReason.FOREIGN),
        /** From here on, what looks to the server like ours. */
        CUT(null),
        FLIPPED(null),
        OF_ANOTHER_KEY(null),
        /** From here on, what may stand for a lease and no entry, or be out of date by its tags, which is no fault and not counted. */
        HEAD_AND_RANDOM(null),
        LEASE_FOR_EVER(null),
        BROKEN_TAGS(null);

        /** Why a server takes it for none of ours, by its first bytes; null if it may not. */
        private final @Nullable UnreadableReason seen;

        Kind(@Nullable UnreadableReason seen) {
            this.seen = seen;
        }

        boolean isCounted() {
            return compareTo(HEAD_AND_RANDOM) < 0;
        }

        /** Returns why it cannot be read, null if that differs: whoever reads it all sees first that its checksum is wrong. */
        @Nullable
        UnreadableReason reasonWhenRead() {
            return switch (this) {
                case OTHER_CODEC, OTHER_TYPE, ENCRYPTED, CUT -> UnreadableReason.DAMAGED;
                default -> seen;
            };
        }

        static List<Kind> seen() {
            return Arrays.stream(values()).filter(kind -> kind.seen != null).toList();
        }
    }

    @BeforeAll
    static void connect() {
        server = RedisServer.start();
        stores = RedisStores.connect(RedisSettings.of(URI.create(server.uri())));
        client = RedisClient.create(server.uri());
        connection = client.connect(ByteArrayCodec.INSTANCE);
    }

    @AfterAll
    static void disconnect() {
        client.shutdown();
        stores.close();
        server.close();
    }

    @BeforeEach
    void open() {
        store = stores.stores().open(PatientContext.of("foreign-" + UUID.randomUUID(), String.class, String.class));
    }

    @AfterEach
    void close() {
        store.destroy();
        connection.sync().flushall();
    }

    @ParameterizedTest
    @EnumSource
    void foreignValueIsAMissThatIsCounted(Kind kind) {
        List<String> keys = replaced(kind, READ_OF_A_KIND);

        for (String key : keys) {
            assertThat(store.read(key)).as(key).isNull();
        }

        UnreadableReason reason = kind.reasonWhenRead();
        if (reason != null) {
            assertThat(store.unreadable()).isEqualTo(Map.of(reason, (long) READ_OF_A_KIND));
        } else if (kind.isCounted()) {
            assertThat(unreadable()).isEqualTo(READ_OF_A_KIND);
        }
        assertThat(store.readAll(Set.copyOf(keys), Ttl.UNCHANGED)).isEmpty();
        assertThat(store.readAll(Set.copyOf(keys), Ttl.of(MINUTE))).isEmpty();
        try (var cursor = store.scan()) {
            assertThat(cursor.advance()).isFalse();
        }
    }

    /** The tooth: what nobody has replaced is no miss, and not counted. */
    @Test
    void whatIsOursIsReadAndNotCounted() {
        store.write("key", Change.put("value", Ttl.ETERNAL));

        assertThat(store.read("key")).isNotNull();
        assertThat(store.unreadable()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyWriteWorksOverAForeignValue(Kind kind) {
        List<String> keys = replaced(kind, WRITTEN_OF_A_KIND);
        List<BiConsumer<Store<String, String>, String>> writes = List.of(
                (to, key) -> to.write(key, Change.put("new", Ttl.ETERNAL)),
                (to, key) -> assertNoPrevious(
                        to.write(key, Change.put("new", Ttl.ETERNAL).returningPrevious())),
                (to, key) -> assertNoPrevious(to.write(
                        key, Change.put("new", Ttl.of(MINUTE), Ttl.UNCHANGED).returningPrevious())),
                (to, key) -> assertThat(
                                to.write(key, Change.put("new", Ttl.ETERNAL).ifAbsent())
                                        .isApplied())
                        .isTrue(),
                (to, key) -> to.writeAll(Map.of(key, Change.put("new", Ttl.of(MINUTE)))),
                (to, key) -> putByLease(to, key, to.lease(key, null, MINUTE)),
                (to, key) -> putByLease(to, key, to.leaseToWrite(key, null, MINUTE)));

        for (int i = 0; i < keys.size(); i++) {
            String key = keys.get(i);
            writes.get(i % writes.size()).accept(store, key);
            Entry<String> written = store.read(key);
            assertThat(written).as("%s after write %d", key, i % writes.size()).isNotNull();
            assertThat(written.value()).isEqualTo("new");
        }
    }

    @ParameterizedTest
    @EnumSource
    void foreignValueIsNeitherExpectedNorInTheWayOfARemoval(Kind kind) {
        List<String> keys = replaced(kind, WRITTEN_OF_A_KIND);

        for (String key : keys) {
            assertThat(store.write(key, Change.put("new", Ttl.ETERNAL).ifValue("another"))
                            .isApplied())
                    .as(key)
                    .isFalse();
            store.write(key, Change.touch(Ttl.of(MINUTE)));
            store.write(key, Change.remove());
            assertThat(store.read(key)).isNull();
            assertThat(store.write(key, Change.put("new", Ttl.ETERNAL).ifAbsent())
                            .isApplied())
                    .isTrue();
        }
    }

    /** As of the server's answers for a key that is not there. */
    @ParameterizedTest
    @MethodSource("seen")
    void whatTheServerSeesToBeForeignIsAsGoodAsNothing(Kind kind) {
        for (String key : replaced(kind, WRITTEN_OF_A_KIND)) {
            Change<String> put = Change.put("new", Ttl.ETERNAL);
            assertThat(store.write(key, put.ifPresent()).effect()).as(key).isEqualTo(Effect.ABSENT);
            assertThat(store.read(key)).isNull();
            assertThat(store.write(key, Change.remove()).effect()).isEqualTo(Effect.ABSENT);
            assertThat(store.write(key, put.ifAbsent()).isApplied()).isTrue();
        }
    }

    static List<Kind> seen() {
        return Kind.seen();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsAskedForAndCannotBeReadIsAsGoodAsNothing(Kind kind) {
        List<String> keys = replaced(kind, WRITTEN_OF_A_KIND);

        for (int i = 0; i < keys.size(); i++) {
            String key = keys.get(i);
            Change<String> change = List.of(
                            Change.put("new", Ttl.ETERNAL).ifPresent(),
                            Change.put("new", Ttl.of(MINUTE), Ttl.UNCHANGED).ifPresent(),
                            Change.put("new", Ttl.ETERNAL, Ttl.EXPIRED).ifPresent(),
                            Change.<String>remove())
                    .get(i % 4);
            Outcome<String> outcome = store.write(key, change.returningPrevious());
            assertThat(outcome.effect()).as("%s of %s", change, key).isEqualTo(Effect.ABSENT);
            assertThat(outcome.previous()).isNull();
            assertThat(store.read(key)).isNull();
        }
    }

    /** A server does not decode, and to send it all for that would make each replacement twice as dear. */
    @Test
    void damageBehindARightHeadIsReplacedAsIfItWereAValue() {
        String key = replaced(Kind.CUT, 1).get(0);

        assertThat(store.write(key, Change.put("new", Ttl.ETERNAL).ifPresent().tellingEffect())
                        .effect())
                .isEqualTo(Effect.UPDATED);
        assertThat(store.read(key)).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("seen")
    void whatAChangeMeetsIsCountedWithItsReason(Kind kind) {
        List<String> keys = replaced(kind, WRITTEN_OF_A_KIND);

        for (String key : keys) {
            store.write(key, Change.put("new", Ttl.ETERNAL).ifAbsent());
        }

        assertThat(store.unreadable()).isEqualTo(Map.of(kind.seen, (long) WRITTEN_OF_A_KIND));
    }

    @Test
    void listIsReadByMgetAsNothingAndCountedByWhatFillsIt() {
        List<String> keys = replaced(Kind.LIST, 2);

        assertThat(store.readAll(Set.copyOf(keys), Ttl.UNCHANGED)).isEmpty();
        assertThat(store.unreadable()).isEmpty();

        store.leaseAll(Set.copyOf(keys), MINUTE);
        assertThat(store.unreadable()).isEqualTo(Map.of(UnreadableReason.FOREIGN, 2L));
    }

    private long unreadable() {
        return store.unreadable().values().stream().mapToLong(count -> count).sum();
    }

    private static void assertNoPrevious(Outcome<String> outcome) {
        assertThat(outcome.effect()).isEqualTo(Outcome.Effect.CREATED);
        assertThat(outcome.previous()).isNull();
    }

    private static void putByLease(Store<String, String> to, String key, LeaseResult<String> leased) {
        Lease lease = leased.requireLease();
        assertThat(to.write(key, Change.put("new", Ttl.ETERNAL).ifUnchanged(lease))
                        .isApplied())
                .isTrue();
    }

    /** Puts values, and something else in their places. */
    private List<String> replaced(Kind kind, int number) {
        Map<String, Change<String>> puts = new LinkedHashMap<>();
        IntStream.range(0, number).forEach(i -> puts.put("key " + i, Change.put("key " + i, Ttl.ETERNAL)));
        store.writeAll(puts);
        byte[][] keys = connection.sync().keys("larder:K*").toArray(byte[][]::new);
        List<KeyValue<byte[], byte[]>> frames = connection.sync().mget(keys);
        connection.sync().del(keys);
        List<RedisFuture<?>> replaced = new ArrayList<>();
        byte[] anotherFrame = random(50);
        for (KeyValue<byte[], byte[]> each : frames) {
            replaced.add(replace(connection.async(), kind, each.getKey(), each.getValue(), anotherFrame));
            anotherFrame = each.getValue();
        }
        assertThat(LettuceFutures.awaitAll(MINUTE, replaced.toArray(RedisFuture<?>[]::new)))
                .isTrue();
        return List.copyOf(puts.keySet());
    }

    private RedisFuture<?> replace(
            RedisAsyncCommands<byte[], byte[]> commands, Kind kind, byte[] key, byte[] frame, byte[] anotherFrame) {
        return switch (kind) {
            case OTHER_MAGIC -> commands.set(key, joined(new byte[] {0x4C, 0x41}, tail(frame, 2)));
            case RANDOM -> commands.set(key, random(random.nextInt(100)));
            case CUT_IN_THE_HEADER -> commands.set(key, Arrays.copyOf(frame, random.nextInt(Frame.HEADER_BYTES)));
            case LATER_FORMAT -> commands.set(key, with(frame, 2, 2));
            case LATER_FLAGS -> commands.set(key, with(frame, 3, 4 + random.nextInt(200)));
            case OTHER_CODEC -> commands.set(key, with(frame, 5, 99));
            case OTHER_TYPE -> commands.set(key, with(frame, 9, frame[9] + 1));
            case ENCRYPTED -> commands.set(key, with(frame, 3, 2));
            case CUT ->
                commands.set(
                        key,
                        Arrays.copyOf(frame, Frame.HEADER_BYTES + random.nextInt(frame.length - Frame.HEADER_BYTES)));
            case FLIPPED -> commands.set(key, flipped(frame));
            case OF_ANOTHER_KEY -> commands.set(key, anotherFrame);
            case LIST -> commands.rpush(key, frame);
            case HASH -> commands.hset(key, frame, frame);
            case HEAD_AND_RANDOM ->
                commands.set(key, joined(new byte[] {0x4C, (byte) 0xA8}, random(random.nextInt(100))));
            case LEASE_FOR_EVER -> commands.set(key, joined(head(1), random(8)));
            case BROKEN_TAGS -> commands.set(key, joined(head(2 | 4), new byte[] {-1, -1, 1}, flipped(frame)));
        };
    }

    /** Returns the head of a slot whose numbers are any, with three bytes of tags. */
    private byte[] head(int flags) {
        byte[] head = random(HEAD_BYTES);
        head[0] = 0x4C;
        head[1] = (byte) 0xA8;
        head[2] = (byte) flags;
        head[3] |= (byte) 0x80;
        head[HEAD_BYTES - 2] = 0;
        head[HEAD_BYTES - 1] = 3;
        return head;
    }

    private byte[] flipped(byte[] frame) {
        byte[] flipped = frame.clone();
        flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        return flipped;
    }

    private static byte[] with(byte[] frame, int at, int value) {
        byte[] changed = frame.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] tail(byte[] bytes, int from) {
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }

    private static byte[] joined(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
