package dev.larder.redis.internal.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code change.lua} or {@code lease.lua} answered.
 */
final class Answer {

    private final int code;
    private final long remainingMillis;
    private final byte @Nullable [] stored;

    Answer(int code, long remainingMillis, byte @Nullable [] stored) {
        this.code = code;
        this.remainingMillis = remainingMillis;
        this.stored = stored;
    }

    /** Returns what happened, in the numbers of the script. */
    int code() {
        return code;
    }

    /** Returns how long the entry had still to live, as {@link dev.larder.store.Entry#remainingMillis()}. */
    long remainingMillis() {
        return remainingMillis;
    }

    /** Returns the bytes of the entry that was found, if there was one and it was wanted. */
    byte @Nullable [] stored() {
        return stored;
    }

    /** The caller must judge the tags of the entry, and ask again. */
    static final int LOOK = 9;

    static Answer of(List<Object> answer) {
        int code = ((Long) answer.get(0)).intValue();
        return answer.size() == 1
                ? new Answer(code, 0, null)
                : new Answer(code, Ttls.remaining((Long) answer.get(1)), (byte[]) answer.get(2));
    }
}
