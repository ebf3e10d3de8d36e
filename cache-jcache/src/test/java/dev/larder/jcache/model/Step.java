package dev.larder.jcache.model;

import dev.larder.jcache.LarderCache;

/** One of the steps of a sequence. Its text says all there is to it. */
sealed interface Step<V> {

    /**
     * An operation, done to the cache and to the model.
     *
     * @param hasOrder whether loader and writer are called in an order that is known
     */
    record Operation<V>(String text, Faults faults, boolean hasOrder, Call<V> call) implements Step<V> {

        @Override
        public String toString() {
            return text + faults;
        }
    }

    /** Does something to a cache and returns what it answered. */
    @FunctionalInterface
    interface Call<V> {
        Object on(LarderCache<String, V> cache, ValuePool<V> values);
    }

    /**
     * Time passes.
     *
     * @param millis how much; or, if a deadline is meant, how much after it
     * @param deadline which of the model's deadlines is meant, counted round; or a negative number
     * @param isPunctual whether timers run when they should, or the thread that runs them is starved
     */
    record Pass<V>(long millis, int deadline, boolean isPunctual) implements Step<V> {

        @Override
        public String toString() {
            return (isPunctual ? "time passes" : "time passes unnoticed") + " for " + millis + " ms"
                    + (deadline < 0 ? "" : " after the coming deadline no. " + deadline);
        }
    }

    /** A user changes an object that was put into the cache or came out of it. */
    record Change<V>(int index, int number) implements Step<V> {

        @Override
        public String toString() {
            return "a user changes object no. " + index + " to " + number;
        }
    }
}
