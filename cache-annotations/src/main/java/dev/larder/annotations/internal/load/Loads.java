package dev.larder.annotations.internal.load;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The loads of one cache, by key, and who may store what.
 *
 * <p>A load may have read its source before somebody changed that. So whoever changes an entry <em>overtakes</em> the loads of its key that have begun: what they bring is returned to those
 * who asked, and not stored. He does so before he touches the cache: a load that begins later began after the change, and one that was storing is done.
 *
 * <p>Where the cache is changed first and the source by the method that is called then, the key is <em>held</em> meanwhile: loads go on, and store nothing.
 *
 * <p>All this is known in this JVM alone, and only of what annotated methods do.
 */
public final class Loads {

    private final ConcurrentMap<Object, Traffic> traffic = new ConcurrentHashMap<>();
    private final AtomicInteger heldAltogether = new AtomicInteger();
    private final AtomicLong ended = new AtomicLong();

    /** Loads end in between, or before and after; asked before a look at the cache, it shows later whether that look can be believed. */
    public long ended() {
        return ended.get();
    }

    /**
     * Adds a load that others may wait for, or returns the one to wait for instead.
     *
     * @param own made by {@link Load#toShare}
     */
    public Load join(Object key, Load own) {
        Load[] joined = {own};
        traffic.compute(key, (same, present) -> {
            Traffic before = present == null ? Traffic.NONE : present;
            Load other = before.toShare();
            joined[0] = other == null ? own : other;
            return other == null ? before.with(own) : before;
        });
        return joined[0];
    }

    /** Adds a load that nobody waits for. */
    public Load begin(Object key) {
        return add(key, new Load(Load.Purpose.OWN));
    }

    /** Adds a change that will replace what is there when it has been made. */
    public Load beginChange(Object key) {
        return add(key, new Load(Load.Purpose.CHANGE));
    }

    private Load add(Object key, Load load) {
        traffic.compute(key, (same, present) -> (present == null ? Traffic.NONE : present).with(load));
        return load;
    }

    /** Takes a load away that has stored what it brought, or will not. */
    public void end(Object key, Load load) {
        ended.incrementAndGet(); // first: who does not find the load any more must see that it was there
        traffic.computeIfPresent(key, (same, present) -> present.without(load));
    }

    /** Stores what a load brought, unless it was overtaken. It overtakes loads that began before it; changes under way it leaves alone, they come after it. */
    public void store(Object key, Load load, Moment moment, Runnable store) {
        overtakeOlder(key, load, moment);
        load.settle(
                () -> {
                    if (!isHeld(key, 0)) {
                        store.run();
                    }
                },
                () -> {});
    }

    /**
     * Runs the action that ends a change; another if a second change came between or is under way, as then nobody knows which of the two the source will be left with. It overtakes all
     * other loads of the key.
     */
    public void replace(Object key, Load change, Moment moment, Runnable put, Runnable ifOvertaken) {
        replace(key, change, moment, 0, put, ifOvertaken);
    }

    /** Does the same for a change that itself holds the key, as the source is changed after it. */
    public void replaceHeld(Object key, Load change, Runnable put, Runnable ifOvertaken) {
        replace(key, change, Moment.IN_CALL, 1, put, ifOvertaken);
    }

    private void replace(Object key, Load change, Moment moment, int ownHolds, Runnable put, Runnable ifOvertaken) {
        for (Load other : loadsOf(key)) {
            if (other != change) {
                other.overtake(moment);
            }
        }
        change.settle(() -> (isHeld(key, ownHolds) ? ifOvertaken : put).run(), ifOvertaken);
    }

    private void overtakeOlder(Object key, Load load, Moment moment) {
        for (Load other : loadsOf(key)) {
            if (other == load) {
                return;
            }
            if (!other.isChange()) {
                other.overtake(moment);
            }
        }
    }

    /** Overtakes the loads of a key. */
    public void overtake(Object key, Moment moment) {
        loadsOf(key).forEach(load -> load.overtake(moment));
    }

    /** Overtakes all loads. */
    public void overtakeAll(Moment moment) {
        traffic.values().forEach(each -> each.loads().forEach(load -> load.overtake(moment)));
    }

    /** Lets nothing be stored under a key until the hold is closed, and overtakes the loads of the key now and then. */
    public Hold hold(Object key) {
        changeHold(key, 1);
        overtake(key, Moment.IN_CALL);
        return moment -> {
            overtake(key, moment);
            changeHold(key, -1);
        };
    }

    /** Does the same for all keys. */
    public Hold holdAll() {
        heldAltogether.incrementAndGet();
        overtakeAll(Moment.IN_CALL);
        return moment -> {
            overtakeAll(moment);
            heldAltogether.decrementAndGet();
        };
    }

    private void changeHold(Object key, int change) {
        traffic.compute(key, (same, present) -> (present == null ? Traffic.NONE : present).hold(change));
    }

    private boolean isHeld(Object key, int ownHolds) {
        Traffic there = traffic.get(key);
        return heldAltogether.get() > 0 || (there != null && there.holds() > ownHolds);
    }

    private List<Load> loadsOf(Object key) {
        @Nullable Traffic there = traffic.get(key);
        return there == null ? List.of() : there.loads();
    }

    /** A key, or all, under which nothing is stored. */
    @FunctionalInterface
    public interface Hold {

        /** Lets results be stored again. */
        void close(Moment moment);
    }
}
