package dev.larder.jcache.model;

/** What was counted. */
final class ModelStatistics {

    private long hits;
    private long misses;
    private long puts;
    private long removals;

    void hitIf(boolean isHit) {
        if (isHit) {
            hits++;
        } else {
            misses++;
        }
    }

    void putIf(boolean isPut) {
        puts += isPut ? 1 : 0;
    }

    void removalIf(boolean isRemoval) {
        removals += isRemoval ? 1 : 0;
    }

    @Override
    public String toString() {
        return text(hits, misses, puts, removals, 0);
    }

    static String text(long hits, long misses, long puts, long removals, long evictions) {
        return "hits " + hits + ", misses " + misses + ", puts " + puts + ", removals " + removals + ", evictions "
                + evictions;
    }
}
