package dev.larder.patterns.behind;

import dev.larder.patterns.behind.Watches.Watch;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The changes that the writer does not know yet, one for each key.
 *
 * <p>A change is <em>waiting</em>, and then <em>in flight</em>, which is with the writer. A later change of a key takes the place of the one that waits. One that comes while
 * another is in flight waits; as one batch is in flight at a time, the changes of a key reach the writer in order. A change whose turn to be tried again has
 * not come is <em>parked</em>; it waits, and is not taken.
 *
 * <p>Keys that are waiting and keys in flight together are never more than the capacity, except for what was recovered.
 */
final class ChangeQueue<K, V> {

    private final int capacity;
    private final ChangeLog<K, V> log;
    private final InstantSource clock;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** In the order in which they became waiting; who takes the place of another is where that one was. */
    private final LinkedHashMap<K, Change<K, V>> waiting = new LinkedHashMap<>();

    private final Map<K, Change<K, V>> inFlight = new HashMap<>();
    private final Set<K> parked = new HashSet<>();
    private final Watches<K, V> watches = new Watches<>();
    private long lastSequence;
    private boolean closed;

    ChangeQueue(int capacity, ChangeLog<K, V> log, InstantSource clock) {
        this.capacity = capacity;
        this.log = log;
        this.clock = clock;
    }

    private <T> T locked(Supplier<T> step) {
        lock.lock();
        try {
            return step.get();
        } finally {
            lock.unlock();
        }
    }

    /** Queues what an earlier run left, also if it is more than the capacity. Returns how much it was. */
    int recover() {
        return locked(() -> {
            for (Change<K, V> change : log.recover()) {
                waiting.put(change.key(), change);
                lastSequence = change.sequence();
            }
            return waiting.size();
        });
    }

    /**
     * Queues a change, if there is room or its key waits already.
     *
     * @param value the value, or null to delete
     * @param patienceNanos how long to wait for room
     */
    Offer offer(K key, @Nullable V value, long patienceNanos) throws InterruptedException {
        lock.lock();
        try {
            long left = patienceNanos;
            while (!closed && !hasRoomFor(key)) {
                if (left <= 0) {
                    return Offer.refused(Offer.Outcome.FULL);
                }
                left = changed.awaitNanos(left);
            }
            return closed ? Offer.refused(Offer.Outcome.CLOSED) : queue(key, value);
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoomFor(K key) {
        return waiting.containsKey(key) || waiting.size() + inFlight.size() < capacity;
    }

    private Offer queue(K key, @Nullable V value) {
        Change<K, V> change = Change.first(key, value, lastSequence + 1, clock.millis());
        log.append(change);
        lastSequence = change.sequence();
        Change<K, V> earlier = waiting.get(key);
        waiting.put(key, earlier == null ? change : change.inPlaceOf(earlier));
        boolean wasParked = parked.remove(key);
        watches.tell(change);
        return earlier == null ? Offer.queued(lastSequence) : Offer.coalesced(lastSequence, wasParked);
    }

    /** Takes the oldest changes that may be tried. One that has failed by itself is taken by itself. */
    List<Change<K, V>> take(int atMost) {
        return locked(() -> {
            List<Change<K, V>> batch = new ArrayList<>();
            Iterator<Change<K, V>> next = waiting.values().iterator();
            while (next.hasNext() && batch.size() < atMost) {
                Change<K, V> change = next.next();
                boolean free = !parked.contains(change.key());
                if (free && (change.attempts() == 0 || batch.isEmpty())) {
                    next.remove();
                    inFlight.put(change.key(), change);
                    batch.add(change);
                    if (change.attempts() > 0) {
                        break;
                    }
                }
            }
            return batch;
        });
    }

    /** Ends the flight of changes that were written, or given up. */
    void settle(Collection<Change<K, V>> changes) {
        locked(() -> {
            for (Change<K, V> change : changes) {
                inFlight.remove(change.key());
                log.settle(change);
            }
            changed.signalAll();
            return changes;
        });
    }

    /**
     * Lets changes whose flight failed wait again, before all others.
     *
     * @return how many need not be tried again, because a later change of their key was waiting
     */
    int giveBack(List<Change<K, V>> changes) {
        return locked(() -> {
            LinkedHashMap<K, Change<K, V>> others = new LinkedHashMap<>(waiting);
            waiting.clear();
            int replaced = 0;
            for (Change<K, V> change : changes) {
                inFlight.remove(change.key());
                Change<K, V> later = others.remove(change.key());
                waiting.put(change.key(), later == null ? change : later.inPlaceOf(change));
                replaced += later == null ? 0 : 1;
            }
            waiting.putAll(others);
            return replaced;
        });
    }

    /**
     * Lets a change whose flight failed wait behind all others, and not be taken before it is {@link #unpark unparked}.
     *
     * @return whether it does; if not, it need not be tried again, because a later change of its key was waiting
     */
    boolean park(Change<K, V> change) {
        return locked(() -> {
            inFlight.remove(change.key());
            Change<K, V> later = waiting.get(change.key());
            waiting.put(change.key(), later == null ? change : later.inPlaceOf(change));
            return later == null && parked.add(change.key());
        });
    }

    void unpark(K key) {
        locked(() -> parked.remove(key));
    }

    void unparkAll() {
        locked(() -> {
            parked.clear();
            return parked;
        });
    }

    /** Begins to watch a key. */
    Watch<K, V> watch(K key) {
        return locked(() -> {
            Change<K, V> queued = waiting.get(key);
            return watches.begin(key, queued == null ? inFlight.get(key) : queued);
        });
    }

    /** Ends a watch, which sees nothing any more. */
    void unwatch(Watch<K, V> watch) {
        locked(() -> {
            watches.end(watch);
            return watch;
        });
    }

    long lastSequence() {
        return locked(() -> lastSequence);
    }

    /**
     * Waits until every change up to this number has been settled, or one that took its place has.
     *
     * @return whether that came about in time
     */
    boolean awaitSettled(long sequence, long patienceNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = patienceNanos;
            while (queued().anyMatch(change -> change.firstSequence() <= sequence)) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private Stream<Change<K, V>> queued() {
        return Stream.concat(inFlight.values().stream(), waiting.values().stream());
    }

    /** Takes no more changes. */
    void close() {
        locked(() -> {
            closed = true;
            changed.signalAll();
            return closed;
        });
    }

    /** Returns the latest change of each key that is waiting or in flight. */
    Collection<Change<K, V>> remaining() {
        return locked(() -> {
            Map<K, Change<K, V>> latest = new LinkedHashMap<>();
            queued().forEach(change -> latest.put(change.key(), change));
            return latest.values();
        });
    }

    boolean isEmpty() {
        return locked(() -> waiting.isEmpty() && inFlight.isEmpty());
    }

    int capacity() {
        return capacity;
    }

    Level level() {
        return locked(() -> {
            long now = clock.millis();
            long since = queued().mapToLong(Change::sinceMillis).min().orElse(now);
            return new Level(waiting.size(), inFlight.size(), Math.max(0, now - since));
        });
    }

    /** Returns how many changes wait that are not parked. */
    int free() {
        return locked(() -> waiting.size() - parked.size());
    }
}
