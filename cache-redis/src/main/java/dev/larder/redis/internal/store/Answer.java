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
    private final byte @Nullable [] foreign;

    private Answer(int code, long remainingMillis, byte @Nullable [] stored, byte @Nullable [] foreign) {
        this.code = code;
        this.remainingMillis = remainingMillis;
        this.stored = stored;
        this.foreign = foreign;
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

    /** Returns the first bytes of what was found and is none of the cache's frames, no bytes if it is no string; null if there was none. */
    byte @Nullable [] foreign() {
        return foreign;
    }

    /** The caller must judge the tags of the entry, and ask again. */
    static final int LOOK = 9;

    static Answer of(List<Object> answer) {
        int code = ((Long) answer.get(0)).intValue();
        return switch (answer.size()) {
            case 1 -> new Answer(code, 0, null, null);
            case 2 -> new Answer(code, 0, null, (byte[]) answer.get(1));
            default -> new Answer(code, Ttls.remaining((Long) answer.get(1)), (byte[]) answer.get(2), null);
        };
    }
}
