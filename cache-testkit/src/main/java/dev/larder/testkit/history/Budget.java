package dev.larder.testkit.history;

/** Bounds what is spent on one key, so that a check ends, and fits into memory, whatever it is given. */
final class Budget {

    /** A few hundred MB at the worst. */
    private static final int MOST_AT_ONCE = 1_000_000;

    private long left;

    /**
     * Makes one.
     *
     * @param comparisons how many configurations may be looked at, one that is compared with others once for each of them
     */
    Budget(long comparisons) {
        this.left = comparisons;
    }

    /** Takes a number of comparisons that are to be made. */
    void spend(long comparisons) {
        left -= comparisons;
    }

    /** Takes what is left, if a set has grown so large that it might not fit. */
    void limitSize(int size) {
        if (size > MOST_AT_ONCE) {
            left = 0;
        }
    }

    boolean isSpent() {
        return left <= 0;
    }
}
