package dev.larder.testkit.history;

import java.util.List;

/** What {@link LinearizabilityChecker} found. {@code toString} says it for people. */
public sealed interface Verdict {

    /** Whether some order of the calls on each key explains every answer. */
    default boolean isLinearizable() {
        return this instanceof Linearizable;
    }

    /** There is such an order for each key. */
    record Linearizable(int keys, int calls) implements Verdict {

        @Override
        public String toString() {
            return calls + " calls on " + keys + " keys have an order that explains every answer";
        }
    }

    /**
     * There is none for a key.
     *
     * @param call the first call, by the moment of its answer, that makes it so
     * @param window the calls around it, that one included; what came before them can be ordered
     */
    record Violated(String key, Call call, List<Call> window, String explanation) implements Verdict {

        @Override
        public String toString() {
            return explanation;
        }
    }

    /** Too many orders are possible to look at all of them; a test that gets this has shown nothing, and should fail. */
    record Undecided(String key, String explanation) implements Verdict {

        @Override
        public String toString() {
            return explanation;
        }
    }
}
