package dev.larder.jcache.internal.load;

import java.util.function.Consumer;

/** A load that another thread does than the one that wants it. */
final class HandedLoad implements Runnable {

    private final Runnable load;
    private final Consumer<Throwable> onAbandoned;

    /**
     * Creates a load that is yet to be begun.
     *
     * @param onAbandoned told if it will not be done
     */
    HandedLoad(Runnable load, Consumer<Throwable> onAbandoned) {
        this.load = load;
        this.onAbandoned = onAbandoned;
    }

    @Override
    public void run() {
        load.run();
    }

    /** Says that the load will not be done. */
    void abandon(Throwable cause) {
        onAbandoned.accept(cause);
    }
}
