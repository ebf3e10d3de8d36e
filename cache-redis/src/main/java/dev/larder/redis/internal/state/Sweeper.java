package dev.larder.redis.internal.state;

import dev.larder.codec.frame.KeySpace;
import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.link.Calls.Kind;
import dev.larder.redis.internal.link.Globs;
import dev.larder.redis.internal.link.Link;
import dev.larder.store.StoreException;
import dev.larder.time.Clock;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.SetArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Removes the entries that a clear left behind, a few at a time, by a thread of its own. Of all JVMs one does so; if it dies, another
 * goes on after a while.
 */
final class Sweeper {

    private static final System.Logger LOGGER = System.getLogger(Sweeper.class.getName());
    private static final long CLAIM_MILLIS = 60_000;

    private final Link link;
    private final Calls calls;
    private final String prefix;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean closed;

    Sweeper(Link link, Calls calls, String prefix) {
        this.link = link;
        this.calls = calls;
        this.prefix = prefix;
    }

    /** Begins to sweep what epochs of a cache have left, unless that or another sweep is under way. */
    void start(KeySpace space, byte[] stateKey, Iterable<Long> epochs) {
        if (!closed && busy.compareAndSet(false, true)) {
            Thread thread = new Thread(() -> run(space, stateKey, epochs), "larder-redis-sweeper");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run(KeySpace space, byte[] stateKey, Iterable<Long> epochs) {
        try {
            if (claim(stateKey)) {
                for (long epoch : epochs) {
                    sweep(StateKeys.entries(prefix, space, epoch));
                    forget(stateKey, epoch);
                }
                calls.make("UNLINK", Kind.WRITE, () -> link.commands().unlink(claimOf(stateKey)));
            }
        } catch (StoreException | IllegalStateException e) {
            LOGGER.log(
                    Level.DEBUG,
                    "cleared entries of cache \"" + space.cache() + "\" are swept later: " + e.getMessage());
        } finally {
            busy.set(false);
        }
    }

    private boolean claim(byte[] stateKey) {
        SetArgs ifFree = new SetArgs().nx().px(CLAIM_MILLIS);
        return calls.make("SET", Kind.WRITE, () -> link.commands().set(claimOf(stateKey), new byte[] {1}, ifFree))
                != null;
    }

    private byte[] claimOf(byte[] stateKey) {
        byte[] claim = Arrays.copyOf(stateKey, stateKey.length + 1);
        claim[stateKey.length] = '!';
        return claim;
    }

    private void sweep(byte[] start) {
        ScanArgs options = new ScanArgs().match(Globs.startingWith(start)).limit(Portion.MOST);
        for (RedisClusterAsyncCommands<byte[], byte[]> server : link.primaries()) {
            Portion portion = new Portion();
            ScanCursor position = ScanCursor.INITIAL;
            while (!position.isFinished() && !closed) {
                ScanCursor from = position;
                long beganNanos = Clock.system().nanos();
                KeyScanCursor<byte[]> found = calls.make("SCAN", Kind.READ, () -> server.scan(from, options));
                portion.tripTook(Clock.system().nanos() - beganNanos);
                remove(found.getKeys(), portion);
                position = found;
            }
        }
        if (closed) {
            throw new IllegalStateException("closed");
        }
    }

    /** In a cluster it is a command for each slot, none of which is long. */
    private void remove(List<byte[]> keys, Portion portion) {
        int done = 0;
        while (done < keys.size() && !closed) {
            List<byte[]> some = keys.subList(done, Math.min(keys.size(), done + portion.size()));
            long beganNanos = Clock.system().nanos();
            calls.make("UNLINK", Kind.WRITE, () -> link.commands().unlink(some.toArray(byte[][]::new)));
            if (!link.isCluster()) {
                portion.took(Clock.system().nanos() - beganNanos);
            }
            done += some.size();
        }
    }

    private void forget(byte[] stateKey, long epoch) {
        byte[] member = ByteBuffer.allocate(1 + Long.BYTES)
                .put((byte) 'S')
                .putLong(epoch)
                .array();
        calls.make("ZREM", Kind.WRITE, () -> link.commands().zrem(stateKey, member));
    }

    void close() {
        closed = true;
    }
}
