package dev.larder.jcache.concurrency;

/** How long the concurrency tests run: a moment in every build, for longer with {@code -Pstress}. */
public final class Stress {

    /** Whether the long form was asked for. */
    public static final boolean ON = Boolean.getBoolean("larder.stress");

    private Stress() {}

    /** Returns a number of rounds: the first in every build, the second under stress. */
    public static int rounds(int normally, int underStress) {
        return ON ? underStress : normally;
    }
}
