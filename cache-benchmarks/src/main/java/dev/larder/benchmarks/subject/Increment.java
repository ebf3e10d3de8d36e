package dev.larder.benchmarks.subject;

/** Adds one to a value: to an integer, or to the first of some bytes. */
final class Increment {

    private Increment() {}

    static Object of(Object value) {
        if (value instanceof byte[] bytes) {
            byte[] incremented = bytes.clone();
            incremented[0]++;
            return incremented;
        }
        return (Integer) value + 1;
    }
}
