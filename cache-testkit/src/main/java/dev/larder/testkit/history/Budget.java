package dev.larder.testkit.history;

/** Bounds what is spent on one key, so that a check ends, and fits into memory, whatever it is given. */
final class Budget {

    private long left;
    private int width;
    private boolean trimmed;

    /**
     * Makes one.
     *
     * @param comparisons how many configurations may be looked at, one that is compared with others once for each of them
     */
    Budget(long comparisons) {
        this.left = comparisons;
    }

    /** Begins a search in which a set has that number of configurations at most. */
    void search(int newWidth) {
        width = newWidth;
        trimmed = false;
    }

    /** Takes a number of comparisons that are to be made. */
    void spend(long comparisons) {
        left -= comparisons;
    }

    boolean isSpent() {
        return left <= 0;
    }

    /** Whether a set of that size may have one more; if not, the search has left something out. */
    boolean hasRoom(int size) {
        trimmed |= size >= width;
        return size < width;
    }

    /** Whether the search has left something out, so that only what it found is sure, not what it did not. */
    boolean isTrimmed() {
        return trimmed;
    }
}
