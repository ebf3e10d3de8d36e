package dev.larder.testkit.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls on a key that have begun and not ended, each in a slot; an unknown one stays for ever. */
final class UnderWay {

    /** A twin of an unknown call that has none. */
    private static final int NONE = -1;

    private final @Nullable Call[] known = new @Nullable Call[Long.SIZE];
    private final List<Call> unknown = new ArrayList<>();
    private final List<Integer> twins = new ArrayList<>();
    private final Map<Operation, Integer> lastOf = new HashMap<>();
    private long taken;

    /** Whether there is a slot for one more. */
    boolean hasRoom() {
        return taken != -1L;
    }

    boolean hasKnown() {
        return taken != 0;
    }

    void add(Call call) {
        if (call.isUnknown()) {
            Integer twin = lastOf.put(call.operation(), unknown.size());
            twins.add(twin == null ? NONE : twin);
            unknown.add(call);
        } else {
            int slot = Long.numberOfTrailingZeros(~taken);
            taken |= 1L << slot;
            known[slot] = call;
        }
    }

    void remove(int slot) {
        known[slot] = null;
        taken &= ~(1L << slot);
    }

    int slotOf(Call call) {
        for (int slot = 0; slot < known.length; slot++) {
            if (call.equals(known[slot])) {
                return slot;
            }
        }
        throw new IllegalArgumentException("the call is not under way: " + call);
    }

    /** Returns the call in a slot that has not taken effect yet, or null. */
    @Nullable
    Call undone(int slot, Configuration configuration) {
        return configuration.hasDone(slot) ? null : known[slot];
    }

    /** Returns the end of the slots in which there may be a known call. */
    int knownEnd() {
        return Long.SIZE - Long.numberOfLeadingZeros(taken);
    }

    int unknownEnd() {
        return unknown.size();
    }

    /**
     * Returns the call in a slot that may still take effect, or null; of those with the same operation the first only, because it
     * makes no difference which of them it is.
     */
    @Nullable
    Call unspent(int slot, Configuration configuration) {
        int twin = twins.get(slot);
        boolean isFirst = twin == NONE || configuration.hasSpent(twin);
        return isFirst && !configuration.hasSpent(slot) ? unknown.get(slot) : null;
    }
}
