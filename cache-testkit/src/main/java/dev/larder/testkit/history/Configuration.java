package dev.larder.testkit.history;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * What may be the case at a moment: the value of the key, and which of the calls that are under way have taken effect. Immutable.
 */
final class Configuration {

    private final Place place;
    private final BitSet spent;
    private final int numberSpent;
    private final boolean endsUnknown;

    /**
     * The part that must be equal for two configurations to be compared.
     *
     * @param done the slots of known calls that have taken effect
     */
    record Place(@Nullable Object state, long done) {}

    /**
     * Makes one.
     *
     * @param spent the slots of unknown calls that have taken effect; not changed any more
     * @param endsUnknown whether the last call to take effect is one of these
     */
    private Configuration(Place place, BitSet spent, boolean endsUnknown) {
        this.place = place;
        this.spent = spent;
        this.numberSpent = spent.cardinality();
        this.endsUnknown = endsUnknown;
    }

    /** Returns the one of a key without a value, with nothing under way. */
    static Configuration initial() {
        return new Configuration(new Place(null, 0), new BitSet(), false);
    }

    Place place() {
        return place;
    }

    @Nullable
    Object state() {
        return place.state();
    }

    boolean hasDone(int slot) {
        return (place.done() & 1L << slot) != 0;
    }

    boolean hasSpent(int slot) {
        return spent.get(slot);
    }

    int numberSpent() {
        return numberSpent;
    }

    boolean endsUnknown() {
        return endsUnknown;
    }

    /** Returns this after a known call took effect. */
    Configuration doing(int slot, @Nullable Object newState) {
        return new Configuration(new Place(newState, place.done() | 1L << slot), spent, false);
    }

    /** Returns this without a known call, which has ended. */
    Configuration forgetting(int slot) {
        return new Configuration(new Place(place.state(), place.done() & ~(1L << slot)), spent, false);
    }

    /** Returns this after an unknown call took effect. */
    Configuration spending(int slot, @Nullable Object newState) {
        BitSet more = (BitSet) spent.clone();
        more.set(slot);
        return new Configuration(new Place(newState, place.done()), more, true);
    }

    /** Whether all that can happen to another one of the same place can happen to this. */
    boolean covers(Configuration other) {
        if (numberSpent == 0 || numberSpent > other.numberSpent) {
            return numberSpent == 0;
        }
        BitSet extra = (BitSet) spent.clone();
        extra.andNot(other.spent);
        return extra.isEmpty();
    }
}
