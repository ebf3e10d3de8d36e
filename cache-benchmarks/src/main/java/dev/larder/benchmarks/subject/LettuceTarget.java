package dev.larder.benchmarks.subject;

import io.lettuce.core.KeyValue;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One command for each operation, over one connection that all threads share; the server's scripts where no command does it. */
final class LettuceTarget extends Target {

    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

    private static final byte[] COMPARE_AND_SET = """
            if redis.call('GET', KEYS[1]) ~= ARGV[1] then
              return 0
            end
            redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
            return 1
            """.getBytes(StandardCharsets.UTF_8);

    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final RedisCommands<byte[], byte[]> commands;
    private final String compareAndSet;

    LettuceTarget(StatefulRedisConnection<byte[], byte[]> connection) {
        this.connection = connection;
        this.commands = connection.sync();
        this.compareAndSet = commands.scriptLoad(COMPARE_AND_SET);
    }

    private static byte[] bytes(Integer key) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(key).array();
    }

    private static SetArgs ttl() {
        return SetArgs.Builder.px(HOUR_MILLIS);
    }

    @Override
    public byte @Nullable [] get(Integer key) {
        return commands.get(bytes(key));
    }

    @Override
    public void put(Integer key, Object value) {
        commands.set(bytes(key), (byte[]) value, ttl());
    }

    @Override
    public byte @Nullable [] getAndPut(Integer key, Object value) {
        return commands.setGet(bytes(key), (byte[]) value, ttl());
    }

    @Override
    public boolean putIfAbsent(Integer key, Object value) {
        return commands.set(bytes(key), (byte[]) value, ttl().nx()) != null;
    }

    @Override
    public boolean replace(Integer key, Object expected, Object value) {
        byte[] hour = String.valueOf(HOUR_MILLIS).getBytes(StandardCharsets.US_ASCII);
        Boolean isReplaced = commands.evalsha(
                compareAndSet,
                ScriptOutputType.BOOLEAN,
                new byte[][] {bytes(key)},
                (byte[]) expected,
                (byte[]) value,
                hour);
        return isReplaced;
    }

    @Override
    public Object increment(Integer key) {
        while (true) {
            byte[] found = commands.get(bytes(key));
            Object incremented = Increment.of(found);
            if (replace(key, found, incremented)) {
                return incremented;
            }
        }
    }

    @Override
    public Map<Integer, Object> getAll(Set<Integer> keys) {
        byte[][] asked = keys.stream().map(LettuceTarget::bytes).toArray(byte[][]::new);
        Map<Integer, Object> found = new HashMap<>(asked.length * 2);
        for (KeyValue<byte[], byte[]> each : commands.mget(asked)) {
            if (each.hasValue()) {
                found.put(ByteBuffer.wrap(each.getKey()).getInt(), each.getValue());
            }
        }
        return found;
    }

    @Override
    public void putAll(Map<Integer, Object> entries) {
        RedisFuture<?>[] answers = entries.entrySet().stream()
                .map(entry -> connection.async().set(bytes(entry.getKey()), (byte[]) entry.getValue(), ttl()))
                .toArray(RedisFuture<?>[]::new);
        if (!LettuceFutures.awaitAll(Duration.ofMinutes(1), answers)) {
            throw new IllegalStateException("the server did not answer within a minute");
        }
    }

    @Override
    public int countEntries() {
        return Math.toIntExact(commands.dbsize());
    }
}
