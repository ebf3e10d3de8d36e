package dev.larder.jcache.internal.engine;

import static java.util.Objects.requireNonNull;

import dev.larder.jcache.internal.concurrent.Hold;
import dev.larder.jcache.internal.event.EventDispatcher;
import dev.larder.jcache.internal.event.LarderEvent;
import dev.larder.store.Entry;
import dev.larder.store.Outcome;
import dev.larder.store.Store;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what a change did, in events that are left with its key. */
record ChangeEvents<K, V>(Store<K, V> store, Copying<K, V> copying, EventDispatcher<K, V> events) {

    /**
     * Leaves the events of a change, and before and after them what the store told unasked meanwhile.
     *
     * @param stored the value that was to be stored, null if the change was no put
     */
    void leave(Hold<K, LarderEvent<K, V>> hold, @Nullable V stored, Outcome<V> outcome, Origin origin) {
        List<LarderEvent<K, V>> unasked = hold.takeAsides();
        if (unasked.isEmpty()) {
            leaveOwn(hold, stored, outcome, origin);
            return;
        }
        List<LarderEvent<K, V>> after = new ArrayList<>();
        for (LarderEvent<K, V> event : unasked) {
            if (isAboutWhatWasStored(event, hold.key(), stored, outcome)) {
                after.add(event);
            } else {
                hold.leave(event);
            }
        }
        leaveOwn(hold, stored, outcome, origin);
        after.forEach(hold::leave);
    }

    private boolean isAboutWhatWasStored(LarderEvent<K, V> unasked, K key, @Nullable V stored, Outcome<V> outcome) {
        if (stored == null || unasked.getOldValue() != stored) {
            return false;
        }
        // the same object may have been there before, and expired just before the change looked
        boolean mayBeItsPredecessor = outcome.effect() == Outcome.Effect.CREATED && outcome.expired() == null;
        return !mayBeItsPredecessor || store.read(key) == null;
    }

    private void leaveOwn(Hold<K, LarderEvent<K, V>> hold, @Nullable V stored, Outcome<V> outcome, Origin origin) {
        K told = copying.key(hold.key());
        Entry<V> expired = outcome.expired();
        if (expired != null) {
            hold.leave(events.expired(told, expired.value()));
        }
        Entry<V> previous = outcome.previous();
        V old = previous == null ? null : previous.value();
        switch (outcome.effect()) {
            case CREATED -> hold.leave(events.created(told, requireNonNull(stored)));
            case UPDATED -> hold.leave(events.updated(told, requireNonNull(stored), old));
            case REMOVED -> {
                if (origin == Origin.LOADER) {
                    // it was past its time, and only kept because there might have been no other
                    hold.leave(events.expired(told, old));
                } else if (origin == Origin.USER) {
                    hold.leave(events.removed(told, old));
                }
            }
            case NOT_STORED -> {
                if (old != null) {
                    hold.leave(events.updated(told, requireNonNull(stored), old));
                    hold.leave(events.expired(told, stored));
                }
            }
            case APPLIED, TOUCHED, ABSENT, MISMATCH -> {}
        }
    }
}
