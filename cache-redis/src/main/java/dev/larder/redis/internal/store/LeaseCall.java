package dev.larder.redis.internal.store;

import dev.larder.redis.internal.link.Script;
import dev.larder.store.Entry;
import dev.larder.store.LeaseResult;
import dev.larder.store.TagVersions;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One request for a lease by {@code lease.lua}, run until an answer is a result. For one thread. */
final class LeaseCall<K, V> implements Bulk.Run {

    private static final Script SCRIPT = Script.of(LeaseCall.class, "lease", "slot.lua", "lease.lua");

    private static final int GRANTED = 1;
    private static final int PRESENT = 2;
    private static final int ABSENT = 3;

    private final Place<K, V> place;
    private final @Nullable Entry<V> expected;
    private final RedisLease lease;
    private final long maxMillis;
    private final TagVersions versions;
    private final boolean needsDeadline;
    private @Nullable LeaseResult<V> result;
    private byte[] verdict = Verdict.NONE;

    LeaseCall(
            Place<K, V> place,
            @Nullable Entry<V> expected,
            RedisLease lease,
            long maxMillis,
            TagVersions versions,
            boolean needsDeadline) {
        this.place = place;
        this.expected = expected;
        this.lease = lease;
        this.maxMillis = maxMillis;
        this.versions = versions;
        this.needsDeadline = needsDeadline;
    }

    Place<K, V> place() {
        return place;
    }

    @Override
    public Script script() {
        return SCRIPT;
    }

    @Override
    public byte[] key() {
        return place.wire();
    }

    @Override
    public byte[][] arguments() {
        return new byte[][] {
            place.codec().signature(),
            Ttls.ascii(Long.toString(versions.number())),
            verdict,
            Ttls.ascii(needsDeadline ? "r" : ""),
            expectedVersion(),
            lease.id(),
            Ttls.ascii(Long.toString(maxMillis))
        };
    }

    private byte[] expectedVersion() {
        if (expected == null) {
            return new byte[0];
        }
        // no entry of this store has a version that short
        return expected instanceof RedisEntry<V> entry
                ? ByteBuffer.allocate(Long.BYTES).putLong(entry.version()).array()
                : new byte[1];
    }

    @Override
    public boolean accept(Answer answer) {
        place.countForeign(answer);
        result = result(answer);
        return result != null;
    }

    /** Returns the result, once an answer was the last. */
    LeaseResult<V> result() {
        return Objects.requireNonNull(result, "the lease has not been asked for");
    }

    private @Nullable LeaseResult<V> result(Answer answer) {
        return switch (answer.code()) {
            case GRANTED -> LeaseResult.granted(lease);
            case PRESENT -> present(answer, StoredSlot.of(stored(answer)));
            case ABSENT -> LeaseResult.absent();
            case Answer.LOOK -> {
                StoredSlot slot = StoredSlot.of(stored(answer));
                yield judge(Verdict.ofTags(slot.tags(), versions), slot);
            }
            default -> LeaseResult.busy();
        };
    }

    private @Nullable LeaseResult<V> present(Answer answer, StoredSlot slot) {
        RedisEntry<V> entry = place.read(Objects.requireNonNull(slot.frame()), answer.remainingMillis());
        return entry == null ? judge(Verdict.DEAD, slot) : LeaseResult.present(entry);
    }

    private @Nullable LeaseResult<V> judge(Verdict judgement, StoredSlot slot) {
        verdict = judgement.of(slot.version());
        return null;
    }

    private static byte[] stored(Answer answer) {
        return Objects.requireNonNull(answer.stored(), "the script shows the entry that is there");
    }
}
