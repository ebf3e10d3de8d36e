package dev.larder.redis.internal.store;

import dev.larder.redis.internal.link.Script;
import dev.larder.store.Change;
import dev.larder.store.Change.Action;
import dev.larder.store.Change.Condition;
import dev.larder.store.Outcome;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.TagVersions;
import dev.larder.store.Ttl;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One change of one entry by {@code change.lua}: what the script is told, and what is made of its answers. It is run until one of them is
 * an outcome; that is once, but where the JVM has to look at the entry that is there. For one thread.
 */
final class ChangeCall<K, V> implements Bulk.Run {

    private static final Script SCRIPT = Script.of(ChangeCall.class, "change", "put.lua", "slot.lua", "change.lua");

    private static final int COMPARE = 8;

    /** As far as frames of a cache are alike: up to their version. */
    private static final int FRAME_START = 10;

    private static final Effect[] EFFECTS = {
        Effect.CREATED,
        Effect.UPDATED,
        Effect.REMOVED,
        Effect.TOUCHED,
        Effect.NOT_STORED,
        Effect.ABSENT,
        Effect.MISMATCH
    };
    private static final byte[] NOTHING = new byte[0];

    /** The announcement of a change that nobody is to hear of. */
    static final byte[][] UNTOLD = {};

    /** The last part of the announcement of a change that is taken back if what it replaced cannot be read. */
    private static final byte[] IF_READABLE = {'r'};

    private final Place<K, V> place;
    private final Change<V> change;
    private final TagVersions versions;
    private final byte[] wanted;
    private final byte[] stored;
    private final byte[][] announcement;

    private @Nullable Outcome<V> outcome;
    private byte[] verdict = Verdict.NONE;
    private byte[] condition;
    private byte[] expected;

    /** Whether what was put is to be taken away again, as there was nothing that it could replace. */
    private boolean takesBack;

    private boolean hasWritten;

    /**
     * Creates the call.
     *
     * @param announcement what the script has to know to tell others of the change; {@link #UNTOLD} if nobody wants to hear of it
     */
    ChangeCall(
            Place<K, V> place, Change<V> change, TagVersions versions, boolean needsDeadline, byte[][] announcement) {
        this.place = place;
        this.change = change;
        this.versions = versions;
        this.announcement = announcement.length > 0 && mayBeTakenBack() ? ifReadable(announcement) : announcement;
        this.wanted = Ttls.ascii((wantsEntry() ? "e" : "") + (needsDeadline ? "r" : ""));
        this.stored = change.action() == Action.PUT ? storedBytes(place, change, versions) : NOTHING;
        this.condition = wordOf(change.condition());
        this.expected = expected();
    }

    /** Returns the bytes that a put stores, in a frame with a version of its own. */
    static <V> byte[] storedBytes(Place<?, V> place, Change<V> change, TagVersions versions) {
        byte[] frame = place.codec()
                .frame(place.key(), change.value(), ThreadLocalRandom.current().nextLong());
        place.put(frame);
        if (change.tags().isNone()) {
            return frame;
        }
        long known = change.condition() == Condition.LEASE ? lease(change).tagNumber() : versions.number();
        return StoredSlot.bytes(frame, change.tags().asOf(Math.min(change.tags().asOf(), known)));
    }

    private boolean mayBeTakenBack() {
        return change.action() == Action.PUT && change.condition() == Condition.PRESENT && wantsEntry();
    }

    private static byte[][] ifReadable(byte[][] announcement) {
        byte[][] told = announcement.clone();
        told[told.length - 1] = IF_READABLE;
        return told;
    }

    /** An entry that ends by a touch is told, and so is wanted then too. */
    private boolean wantsEntry() {
        return change.returnsPrevious() || change.mismatchTouch().isExpired() || isEndingTouch();
    }

    private boolean isEndingTouch() {
        return change.action() == Action.TOUCH
                && change.condition() != Condition.LEASE
                && change.onUpdate().isExpired();
    }

    private static byte[] wordOf(Condition condition) {
        return Ttls.ascii(
                switch (condition) {
                    case NONE -> "none";
                    case ABSENT -> "absent";
                    case PRESENT -> "present";
                    case VALUE -> "payload";
                    case ENTRY -> "version";
                    case LEASE -> "lease";
                });
    }

    private byte[] expected() {
        return switch (change.condition()) {
            case NONE, ABSENT, PRESENT -> NOTHING;
            case VALUE -> place.codec().payload(change.expectedValue());
            case ENTRY -> versionOf(change.expectedEntry());
            case LEASE -> lease(change).id();
        };
    }

    private static byte[] versionOf(Object entry) {
        return entry instanceof RedisEntry<?> read
                ? ByteBuffer.allocate(Long.BYTES).putLong(read.version()).array()
                : NOTHING;
    }

    private static RedisLease lease(Change<?> change) {
        return (RedisLease) change.expectedLease();
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
        byte[] signature = place.codec().signature();
        byte[] tagNumber = Ttls.ascii(Long.toString(versions.number()));
        return isUsualPut()
                ? new byte[][] {
                    signature,
                    tagNumber,
                    Ttls.argument(change.onCreate()),
                    Ttls.argument(change.onUpdate()),
                    stored,
                    Arrays.copyOf(stored, FRAME_START)
                }
                : announced(arguments(signature, tagNumber));
    }

    /** Whether the entry that is there matters only in that it is there, unless an answer has told already that there is more to it. */
    private boolean isUsualPut() {
        return change.isUnconditionalPut()
                && change.tags().isNone()
                && !wantsEntry()
                && !change.onCreate().isExpired()
                && !change.onUpdate().isExpired()
                && announcement.length == 0
                && verdict.length == 0;
    }

    /** What is taken back was told to nobody. */
    private byte[][] announced(byte[][] arguments) {
        if (takesBack) {
            return arguments;
        }
        byte[][] all = Arrays.copyOf(arguments, arguments.length + announcement.length);
        System.arraycopy(announcement, 0, all, arguments.length, announcement.length);
        return all;
    }

    private byte[][] arguments(byte[] signature, byte[] tagNumber) {
        return new byte[][] {
            signature,
            tagNumber,
            verdict,
            wanted,
            Ttls.ascii((takesBack ? Action.REMOVE : change.action()).name().toLowerCase(Locale.ROOT)),
            condition,
            expected,
            Ttls.argument(change.onCreate()),
            Ttls.argument(change.onUpdate()),
            // should the entry that was equal be another by now, its value is compared first
            Ttls.argument(isComparedByVersion() ? Ttl.UNCHANGED : change.mismatchTouch()),
            stored
        };
    }

    /** Returns what puts once more what this has put, if it is still there, whatever its tags. */
    byte[][] argumentsOnceMore() {
        byte[] unchanged = Ttls.argument(Ttl.UNCHANGED);
        return new byte[][] {
            place.codec().signature(),
            Ttls.ascii("0"),
            Verdict.NONE,
            NOTHING,
            Ttls.ascii("put"),
            wordOf(Condition.ENTRY),
            StoredSlot.of(stored).version(),
            unchanged,
            unchanged,
            unchanged,
            stored
        };
    }

    @Override
    public boolean accept(Answer answer) {
        place.countForeign(answer);
        outcome = takesBack ? Outcome.of(Effect.ABSENT) : outcome(answer);
        hasWritten = takesBack || isWrite(answer.code());
        return outcome != null;
    }

    /** Whether an answer tells that the key has another value now, or none. */
    private boolean isWrite(int code) {
        return code <= EFFECTS.length
                && switch (EFFECTS[code - 1]) {
                    case CREATED, UPDATED, REMOVED, NOT_STORED -> true;
                    case TOUCHED -> isEndingTouch();
                    case MISMATCH -> mismatchEnds();
                    // what cannot be read is removed all the same
                    default -> change.action() == Action.REMOVE && change.condition() == Condition.NONE;
                };
    }

    /** Whether this has put something at the key or removed something, also if it was refused and has only ended what was in its way. */
    boolean hasWritten() {
        return hasWritten;
    }

    Place<K, V> place() {
        return place;
    }

    Change<V> change() {
        return change;
    }

    /** Returns a failure of this as it is to be told: what was put and could not be taken back is still there, and must not stay. */
    StoreException failure(StoreException failure) {
        return takesBack && failure.applied() == Applied.NO
                ? new StoreException(String.valueOf(failure.getMessage()), Applied.UNKNOWN, failure)
                : failure;
    }

    /** Whether the key tells later what became of this, if its answer is lost. */
    boolean isTellable() {
        return change.action() == Action.PUT
                && (change.condition() == Condition.ENTRY || change.condition() == Condition.ABSENT);
    }

    /** Returns the version whose place it takes, if its key is to tell what became of it; 0 for none. */
    long replacedVersion() {
        return change.condition() == Condition.ENTRY && change.expectedEntry() instanceof RedisEntry<?> read
                ? read.version()
                : 0;
    }

    /** Whether what was found at the key after an answer was lost was put by this; then that is the outcome. */
    boolean wasMade(byte @Nullable [] found) {
        if (!hasVersion(found, StoredSlot.of(stored).version())) {
            return false;
        }
        boolean updated = change.condition() == Condition.ENTRY;
        hasWritten = true;
        outcome = Outcome.of(
                updated ? Effect.UPDATED : Effect.CREATED,
                updated && change.returnsPrevious() ? change.expectedEntry() : null,
                null);
        return true;
    }

    /** Whether what was found there shows that this was not made. An absent key may have had the value for a while. */
    boolean wasNotMade(byte @Nullable [] found) {
        return change.condition() == Condition.ENTRY && hasVersion(found, versionOf(change.expectedEntry()));
    }

    private static boolean hasVersion(byte @Nullable [] found, byte[] version) {
        if (found == null) {
            return false;
        }
        StoredSlot slot = StoredSlot.of(found);
        return slot.frame() != null && Arrays.equals(slot.version(), version);
    }

    /** Returns the outcome, once an answer was the last. */
    Outcome<V> outcome() {
        return Objects.requireNonNull(outcome, "the change has not been made");
    }

    /** Returns the outcome that an answer is, or null if the script is to be run again. */
    private @Nullable Outcome<V> outcome(Answer answer) {
        StoredSlot slot = answer.stored() == null ? null : StoredSlot.of(answer.stored());
        if (answer.code() == Answer.LOOK) {
            return judge(Verdict.ofTags(found(slot).tags(), versions), slot);
        }
        RedisEntry<V> entry = slot == null ? null : place.read(frameOf(slot), answer.remainingMillis());
        if (slot != null && entry == null && answer.code() > EFFECTS.length - 1) {
            return judge(Verdict.DEAD, slot);
        }
        return answer.code() == COMPARE ? compared(slot, Objects.requireNonNull(entry)) : told(answer, slot, entry);
    }

    private @Nullable Outcome<V> judge(Verdict judgement, @Nullable StoredSlot slot) {
        verdict = judgement.of(found(slot).version());
        condition = wordOf(change.condition());
        expected = expected();
        return null;
    }

    private static StoredSlot found(@Nullable StoredSlot slot) {
        return Objects.requireNonNull(slot, "the script shows the entry that is to be judged");
    }

    private static byte[] frameOf(StoredSlot slot) {
        return Objects.requireNonNull(slot.frame(), "the script shows what has a frame");
    }

    /** Another payload may still be an equal value. */
    private @Nullable Outcome<V> compared(@Nullable StoredSlot slot, RedisEntry<V> entry) {
        if (place.codec().holds(entry.stored(), change.expectedValue())) {
            condition = wordOf(Condition.ENTRY);
            expected = versionOf(entry);
            return null;
        }
        if (change.mismatchTouch().isUnchanged()) {
            return Outcome.of(Effect.MISMATCH, change.returnsPrevious() ? entry : null, null);
        }
        return judge(Verdict.ANOTHER_VALUE, slot);
    }

    private @Nullable Outcome<V> told(Answer answer, @Nullable StoredSlot slot, @Nullable RedisEntry<V> entry) {
        Effect effect = EFFECTS[answer.code() - 1];
        if (effect == Effect.MISMATCH && isComparedByVersion()) {
            return judgeAnew(); // the entry that was equal has been replaced meanwhile
        }
        if (slot != null && entry == null) {
            return change.condition() == Condition.PRESENT ? takeBack(effect) : Outcome.of(withoutEntry(effect));
        }
        boolean ended = entry != null
                && (effect == Effect.TOUCHED ? isEndingTouch() : effect == Effect.MISMATCH && mismatchEnds());
        return Outcome.of(effect, change.returnsPrevious() ? entry : null, ended ? entry : null);
    }

    private boolean mismatchEnds() {
        return change.mismatchTouch().equals(Ttl.EXPIRED);
    }

    private boolean isComparedByVersion() {
        return change.condition() == Condition.VALUE && !Arrays.equals(condition, wordOf(Condition.VALUE));
    }

    private @Nullable Outcome<V> judgeAnew() {
        verdict = Verdict.NONE;
        condition = wordOf(change.condition());
        expected = expected();
        return null;
    }

    /** What was replaced turns out to be nothing, and only something was to be replaced. Others may have seen the new value for a moment. */
    private @Nullable Outcome<V> takeBack(Effect effect) {
        if (effect != Effect.UPDATED) {
            return Outcome.of(Effect.ABSENT);
        }
        takesBack = true;
        place.remove();
        condition = wordOf(Condition.ENTRY);
        expected = StoredSlot.of(stored).version();
        return null;
    }

    /** What was found turns out to be nothing: it was replaced or taken away as what it is. */
    private static Effect withoutEntry(Effect effect) {
        return switch (effect) {
            case UPDATED -> Effect.CREATED;
            case REMOVED, TOUCHED -> Effect.ABSENT;
            default -> effect;
        };
    }
}
