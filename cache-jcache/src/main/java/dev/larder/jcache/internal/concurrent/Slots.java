package dev.larder.jcache.internal.concurrent;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The places of the keys that threads work on, some keys to a place.
 *
 * <p>A slot is empty while nobody works on any of its keys. A {@link Hold} is there while one thread has locked one of them, and nobody
 * else has come. From then on it is a {@link Crowd}, until that is empty.
 */
final class Slots<K, M> {

    private static final int FOR_EACH_PROCESSOR = 64;
    private static final int AT_MOST = 1_024;
    private static final int SIZE = Integer.highestOneBit(
            Math.min(AT_MOST, FOR_EACH_PROCESSOR * Runtime.getRuntime().availableProcessors()));
    private static final int SHIFT = Integer.numberOfLeadingZeros(SIZE - 1);

    /** An odd number near 2^32 divided by the golden ratio: it scatters keys whose hash codes follow each other. */
    private static final int SCATTER = 0x9E3779B9;

    private final AtomicReferenceArray<@Nullable Occupant<K, M>> slots = new AtomicReferenceArray<>(SIZE);

    /** What is in a slot. */
    sealed interface Occupant<K, M> permits Hold, Crowd {}

    /** Returns the index of a key's slot. */
    static char indexOf(Object key) {
        return (char) ((key.hashCode() * SCATTER) >>> SHIFT);
    }

    @Nullable
    Occupant<K, M> get(int index) {
        return slots.get(index);
    }

    /** Puts a hold into its slot if that is empty. */
    boolean enter(Hold<K, M> hold) {
        return slots.compareAndSet(hold.slot(), null, hold);
    }

    /** Takes a hold out of its slot if nobody has come. */
    boolean leave(Hold<K, M> hold) {
        return slots.compareAndSet(hold.slot(), hold, null);
    }

    /** Whether nobody has come to the slot of a hold. */
    boolean isAlone(Hold<K, M> hold) {
        return slots.get(hold.slot()) == hold;
    }

    /** Whether a key of a slot may be being changed just now. */
    boolean mayBeChanging(int index) {
        Occupant<K, M> found = slots.get(index);
        return found instanceof Hold<K, M> hold ? hold.isChanging() : found != null;
    }

    /** Makes the calling thread a user of a key in the crowd of its slot, which is put up if need be. */
    BusyKey<K, M> use(int index, K key) {
        for (; ; ) {
            BusyKey<K, M> used = crowd(index).use(key);
            if (used != null) {
                return used;
            }
        }
    }

    /** Returns a key of which the calling thread is a user, if only as who was alone before a crowd came. */
    BusyKey<K, M> used(Hold<K, M> hold) {
        return crowd(hold.slot()).used(hold.key());
    }

    private Crowd<K, M> crowd(int index) {
        for (; ; ) {
            Occupant<K, M> found = slots.get(index);
            if (found instanceof Crowd<K, M> crowd) {
                return crowd;
            }
            Crowd<K, M> crowd = new Crowd<>(this, index, (Hold<K, M>) found);
            if (slots.compareAndSet(index, found, crowd)) {
                return crowd;
            }
        }
    }

    /** Empties a slot, which is a crowd's. */
    void empty(int index) {
        slots.set(index, null);
    }

    /** Returns how many keys are worked on. */
    int countKeys() {
        int count = 0;
        for (int index = 0; index < SIZE; index++) {
            Occupant<K, M> found = slots.get(index);
            if (found != null) {
                count += found instanceof Crowd<K, M> crowd ? crowd.size() : 1;
            }
        }
        return count;
    }
}
