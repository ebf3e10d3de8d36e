package dev.larder.jcache.internal.load;

import dev.larder.store.Entry;
import org.jspecify.annotations.Nullable;

/**
 * Tells how old an entry is by the time that it has still to live: it is kept for its TTL and a while longer, and when no
 * more than that while is left it is stale. So no store needs to know of this.
 *
 * @param revalidateMillis how long after its TTL an entry is served while it is renewed
 * @param ifErrorMillis how long after its TTL an entry is served if it cannot be renewed
 * @param aheadMillis how long before the end of its TTL an entry is to be renewed
 * @param early renews some entries earlier than that, or null if it is to be none
 */
public record Freshness(
        long revalidateMillis,
        long ifErrorMillis,
        long aheadMillis,
        @Nullable EarlyRefresh early) {

    /** How old an entry is. */
    public enum Age {
        /** It is served. */
        FRESH,
        /** It is served, and is to be renewed meanwhile. */
        AGEING,
        /** It is to be renewed, and served if that is not possible. */
        DUE
    }

    /** Returns how much longer than its TTL an entry is kept. */
    public long moreMillis() {
        return Math.max(revalidateMillis, ifErrorMillis);
    }

    /** Returns the age of an entry that was read just now. */
    public Age ageOf(Entry<?> entry) {
        long freshMillis = entry.remainingMillis() - moreMillis();
        if (freshMillis > 0) {
            return isEarly(freshMillis) ? Age.AGEING : Age.FRESH;
        }
        return -freshMillis < revalidateMillis ? Age.AGEING : Age.DUE;
    }

    private boolean isEarly(long freshMillis) {
        return freshMillis <= aheadMillis || (early != null && early.isDue(freshMillis));
    }
}
