package dev.larder.examples;

/**
 * How much the demo does.
 *
 * @param lookUps how many airports are looked up, once from the database and once through the cache
 * @param threads how many threads share the look-ups
 * @param cacheSize for how many airports the cache has room
 * @param updates how many changes are made while others read
 * @param seed decides which airports are looked up and changed
 */
record Workload(int lookUps, int threads, int cacheSize, int updates, long seed) {

    /** Returns what {@code mvn -q -Pdemo} does. */
    static Workload full() {
        return new Workload(200_000, 2, 2_000, 60_000, 107);
    }
}
