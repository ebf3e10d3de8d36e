package dev.larder.patterns.behind;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Decides when the queue is written: a while after the first change came, or as soon as a batch is full, and after a pause if the writer failed.
 *
 * <p>One run is under way at a time. It takes what was waiting when it began; what comes later has a delay of its own.
 */
final class Flusher<K, V> {

    private static final long PAUSE_AFTER_A_BUG = 1_000;

    private final ChangeQueue<K, V> queue;
    private final Batches<K, V> batches;
    private final Scheduler scheduler;
    private final int batchSize;
    private final long delayMillis;

    private final ReentrantLock lock = new ReentrantLock();
    private State state = State.IDLE;

    /** The number of the run that comes next; others that were scheduled have been replaced by it. */
    private long ticket;

    private enum State {
        IDLE,
        /** A run comes when changes have waited for the delay. */
        DELAYED,
        /** A run comes at once. */
        URGENT,
        /** A run comes when the writer has had its pause. */
        PAUSED,
        RUNNING,
        /** Another run comes at once after this one. */
        RUNNING_AND_URGENT;

        boolean isRunning() {
            return this == RUNNING || this == RUNNING_AND_URGENT;
        }
    }

    Flusher(ChangeQueue<K, V> queue, Batches<K, V> batches, Scheduler scheduler, int batchSize, long delayMillis) {
        this.queue = queue;
        this.batches = batches;
        this.scheduler = scheduler;
        this.batchSize = batchSize;
        this.delayMillis = delayMillis;
    }

    /** Notes that there is something new to be written. */
    void wake() {
        lock.lock();
        try {
            if (state == State.IDLE || state == State.DELAYED) {
                scheduleByLevel();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Tries everything at once, without regard to delays and pauses. */
    void hurry() {
        queue.unparkAll();
        lock.lock();
        try {
            if (state.isRunning()) {
                state = State.RUNNING_AND_URGENT;
            } else {
                schedule(State.URGENT, 0);
            }
        } finally {
            lock.unlock();
        }
    }

    private void scheduleByLevel() {
        int free = queue.free();
        if (free >= batchSize) {
            schedule(State.URGENT, 0);
        } else if (free > 0 && state != State.DELAYED) {
            schedule(State.DELAYED, delayMillis);
        }
    }

    private void schedule(State next, long millis) {
        state = next;
        long mine = ++ticket;
        scheduler.after(millis, () -> run(mine));
    }

    private void run(long mine) {
        if (!begins(mine)) {
            return;
        }
        long pauseMillis = PAUSE_AFTER_A_BUG;
        try {
            pauseMillis = batches.writeWhatWaits(this::unparkLater);
        } finally {
            end(pauseMillis);
        }
    }

    private boolean begins(long mine) {
        lock.lock();
        try {
            boolean begins = mine == ticket && !state.isRunning();
            if (begins) {
                state = State.RUNNING;
            }
            return begins;
        } finally {
            lock.unlock();
        }
    }

    private void end(long pauseMillis) {
        lock.lock();
        try {
            boolean again = state == State.RUNNING_AND_URGENT;
            state = State.IDLE;
            if (again) {
                schedule(State.URGENT, 0);
            } else if (pauseMillis > 0) {
                schedule(State.PAUSED, pauseMillis);
            } else {
                scheduleByLevel();
            }
        } finally {
            lock.unlock();
        }
    }

    private void unparkLater(K key, long millis) {
        scheduler.after(millis, () -> {
            queue.unpark(key);
            wake();
        });
    }
}
