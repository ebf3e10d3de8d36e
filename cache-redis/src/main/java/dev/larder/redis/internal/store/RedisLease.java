package dev.larder.redis.internal.store;

import dev.larder.store.Lease;
import dev.larder.time.Clock;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/** A lease that the server granted. Its end is judged by the clock of this JVM, from before it was asked for. */
final class RedisLease implements Lease {

    private final byte[] id;
    private final long tagNumber;
    private final Clock clock;
    private final BooleanSupplier mayStand;
    private volatile long endMillis;

    /** @param mayStand whether the entries that there were when this was granted can still be reached */
    RedisLease(long id, long tagNumber, Clock clock, long endMillis, BooleanSupplier mayStand) {
        this.id = ByteBuffer.allocate(Long.BYTES).putLong(id).array();
        this.tagNumber = tagNumber;
        this.clock = clock;
        this.endMillis = endMillis;
        this.mayStand = mayStand;
    }

    /** Returns what stands for it on the server. */
    byte[] id() {
        return id.clone();
    }

    /** Returns the number of the last invalidation of tags before this was granted. */
    long tagNumber() {
        return tagNumber;
    }

    void moveEnd(long newEndMillis) {
        endMillis = newEndMillis;
    }

    @Override
    public boolean isHeld() {
        return mayStand.getAsBoolean() && clock.millis() < endMillis;
    }
}
