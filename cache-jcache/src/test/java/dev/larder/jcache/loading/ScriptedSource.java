package dev.larder.jcache.loading;

import dev.larder.jcache.concurrency.Holdup;
import dev.larder.jcache.concurrency.TestLoader;

/** A source with one value for all keys, which a test changes, makes fail or holds up after it was read. */
final class ScriptedSource {

    private volatile String value = "old";
    private volatile boolean isDown;
    private volatile Holdup afterReading = freed();

    private final TestLoader<String, String> loader = new TestLoader<>(key -> read());

    private static Holdup freed() {
        Holdup freed = new Holdup();
        freed.release();
        return freed;
    }

    private String read() {
        String read = value;
        boolean fails = isDown;
        afterReading.stay();
        if (fails) {
            throw new IllegalStateException("the source is down");
        }
        return read;
    }

    TestLoader<String, String> loader() {
        return loader;
    }

    int loads() {
        return loader.loads("k");
    }

    /** Changes the value; null for none. */
    void set(String newValue) {
        value = newValue;
    }

    void fail() {
        isDown = true;
    }

    void recover() {
        isDown = false;
    }

    /** Holds up whoever reads from now on, after the reading. */
    Holdup holdUp() {
        Holdup holdup = new Holdup();
        afterReading = holdup;
        return holdup;
    }
}
