package dev.larder.redis.internal.store;

import dev.larder.redis.internal.link.Script;
import dev.larder.store.StoreTimeoutException;

/**
 * What a change has put, put once more if it is still there. That changes nothing, but is a write of the connection by which it is sent, and so
 * acknowledged when replicas have it, and with it the change.
 */
final class OnceMore implements Bulk.Run {

    private static final int UPDATED = 2;

    private final ChangeCall<?, ?> call;
    private final StoreTimeoutException lost;

    /** Creates it for a change whose answer was lost. */
    OnceMore(ChangeCall<?, ?> call, StoreTimeoutException lost) {
        this.call = call;
        this.lost = lost;
    }

    @Override
    public Script script() {
        return call.script();
    }

    @Override
    public byte[] key() {
        return call.key();
    }

    @Override
    public byte[][] arguments() {
        return call.argumentsOnceMore();
    }

    @Override
    public boolean accept(Answer answer) {
        if (answer.code() != UPDATED) {
            throw LostAnswers.changedSince(lost);
        }
        return true;
    }
}
