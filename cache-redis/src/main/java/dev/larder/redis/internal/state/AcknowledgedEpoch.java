package dev.larder.redis.internal.state;

import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.link.Calls.Kind;
import dev.larder.redis.internal.link.Script;
import dev.larder.redis.internal.link.ScriptRunner;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that replicas have an epoch before anything is written in it that they must have, too. One server tells its replicas of all in the order in
 * which it happened, but in a cluster another one has the epoch, and if that lost it in a failover, nobody would find what was written in it. Safe for
 * use by many threads.
 */
public final class AcknowledgedEpoch {

    private static final Script EPOCH = Script.of(AcknowledgedEpoch.class, "epoch", "epoch.lua");

    private final byte[] stateKey;
    private final ScriptRunner changes;
    private volatile @Nullable Long acknowledged;

    /** Creates it for the epochs of a cache. */
    public AcknowledgedEpoch(CacheState state, ScriptRunner changes) {
        this.stateKey = state.key();
        this.changes = changes;
    }

    /**
     * Waits for replicas if they are not known to have an epoch.
     *
     * @throws StoreException if they do not have it in time; what was to be written in it must not be
     */
    public void require(long epoch, Calls operation) {
        Long known = acknowledged;
        if (known == null || known != epoch) {
            writeOnceMore(operation);
            acknowledged = epoch;
        }
    }

    private void writeOnceMore(Calls operation) {
        try {
            operation.make(
                    EPOCH.name(), Kind.WRITE, () -> changes.within(operation).start(EPOCH, stateKey));
        } catch (StoreException e) {
            throw new StoreException(e.getMessage() + ", before anything was written", Applied.NO, e);
        }
    }
}
