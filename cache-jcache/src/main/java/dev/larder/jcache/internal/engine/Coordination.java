package dev.larder.jcache.internal.engine;

import dev.larder.jcache.internal.concurrent.Hold;
import dev.larder.jcache.internal.event.LarderEvent;
import dev.larder.jcache.internal.expiry.Expiry;
import dev.larder.jcache.internal.write.Writing;
import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Lease;
import dev.larder.store.Outcome;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.Store;
import dev.larder.store.Tags;
import dev.larder.store.Ttl;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of changes that take more than one step: look, decide, claim, write through, change the store. All of it happens
 * under the lock of the key; {@link Claims} tells what that is worth where others change the store as well.
 */
final class Coordination<K, V> {

    private final String cacheName;
    private final Store<K, V> store;
    private final Publishing<K, V> publishing;
    private final PutTtls ttls;
    private final @Nullable Writing<K, V> writing;
    private final Claims<K, V> claims;

    Coordination(EngineParts<K, V> parts, Publishing<K, V> publishing, PutTtls ttls) {
        this.publishing = publishing;
        this.ttls = ttls;
        cacheName = parts.name();
        store = parts.store();
        writing = parts.writing();
        claims = Claims.of(cacheName, store, writing != null, this::invalidate);
    }

    private Outcome<V> invalidate(K key, Change<V> removal) {
        return publishing.write(key, removal, Origin.INVALIDATION);
    }

    /** Makes a change by the TTLs that the expiry says, under the lock of its key. */
    Outcome<V> coordinate(Hold<K, LarderEvent<K, V>> hold, Change<V> change, Expiry expiry) {
        boolean isDecided = isUnconditionalRemoval(change) || expiry.isConstant();
        if (change.action() == Change.Action.TOUCH || (writing == null && isDecided)) {
            return publishing.writeAndPublish(hold, change);
        }
        // on a store of this JVM alone the first time is the last
        for (int attempt = 0; ; attempt++) {
            Outcome<V> outcome = tryToCoordinate(hold, change, expiry);
            if (outcome != null) {
                return outcome;
            }
            Backoff.pause(cacheName, attempt);
        }
    }

    /** Puts a value by the one TTL that the expiry says whatever is there, under the lock of its key. */
    Outcome<V> put(Hold<K, LarderEvent<K, V>> hold, V value, Ttl ttl, Expiry expiry) {
        return writing == null
                ? publishing.putAndPublish(hold, value, ttl)
                : coordinate(hold, Change.put(value, ttl), expiry);
    }

    private static boolean isUnconditionalRemoval(Change<?> change) {
        return change.action() == Change.Action.REMOVE && change.condition() == Change.Condition.NONE;
    }

    /** Tries to make a change, and returns null if somebody else was quicker. */
    private @Nullable Outcome<V> tryToCoordinate(Hold<K, LarderEvent<K, V>> hold, Change<V> change, Expiry expiry) {
        boolean isForgiving = change.invalidatesOnFailure();
        K key = hold.key();
        Entry<V> current = look(key, isForgiving);
        // a removal goes ahead also if there is nothing to remove here: the writer may have it
        Effect refusal = isUnconditionalRemoval(change) ? null : change.refusal(current);
        if (refusal != null) {
            return refuse(hold, change, refusal, current, expiry);
        }
        try (Claim<V> claim = claims.claim(key, current, isForgiving)) {
            if (claim == null) {
                return null;
            }
            Outcome<V> outcome = make(claim, hold, change, current, expiry);
            // what was claimed is what was changed, also if the store failed to answer what that was
            return outcome == null || !change.returnsPrevious() || !outcome.isApplied()
                    ? outcome
                    : Outcome.of(outcome.effect(), current, outcome.expired());
        }
    }

    private @Nullable Outcome<V> make(
            Claim<V> claim,
            Hold<K, LarderEvent<K, V>> hold,
            Change<V> change,
            @Nullable Entry<V> current,
            Expiry expiry) {
        if (change.action() == Change.Action.REMOVE) {
            delete(claim, hold.key());
            return write(claim, hold, Change.remove());
        }
        write(claim, hold.key(), change.value());
        return put(claim, hold, change.value(), change.tags(), current, expiry);
    }

    /** Returns what is there now, from where the truth is unless the operation can do without it. */
    @Nullable
    Entry<V> look(K key, boolean isForgiving) {
        return isForgiving ? store.read(key) : store.readLatest(key);
    }

    /** Claims a key by what was read of it; see {@link Claims#claim}. */
    @Nullable
    Claim<V> claim(K key, @Nullable Entry<V> read) {
        return claims.claim(key, read, false);
    }

    /**
     * Claims several keys, all or none at a time: who waited for one while holding others could wait for ever. All JVMs do so in
     * the same order, as far as hash codes tell them one. So whoever comes to a common key first goes on, and only the other begins
     * anew; else two that come from opposite ends hinder each other each time.
     */
    ClaimedKeys<K, V> claimAll(Collection<? extends K> keys, boolean isForgiving) {
        List<K> ordered = new ArrayList<>(keys);
        ordered.sort(Comparator.comparingInt(Object::hashCode));
        Set<K> wanted = new LinkedHashSet<>(ordered);
        for (int attempt = 0; ; attempt++) {
            Map<K, Entry<V>> read = store.readAll(wanted, Ttl.UNCHANGED);
            ClaimedKeys<K, V> claimed = ClaimedKeys.claim(claims, wanted, read, isForgiving);
            if (claimed != null) {
                return claimed;
            }
            Backoff.pause(cacheName, attempt);
        }
    }

    /** Claims an absent key by the lease of a load, which is stronger than what was read: nobody changed the key since. */
    @Nullable
    Claim<V> claimOfLoad(K key, Lease lease) {
        return claims.claimOfLoad(key, lease);
    }

    /** Lets the writer write a value, if there is a writer. */
    void write(Claim<V> claim, K key, V value) {
        if (writing != null) {
            tell(claim, () -> writing.write(key, value));
        }
    }

    /** Lets the writer delete a key, if there is a writer. */
    void delete(Claim<V> claim, K key) {
        if (writing != null) {
            tell(claim, () -> writing.delete(key));
        }
    }

    private void tell(Claim<V> claim, Runnable call) {
        try {
            call.run();
        } catch (Error e) {
            // nobody knows whether it did what it was asked
            claim.told();
            throw e;
        }
        claim.told();
    }

    /**
     * Puts a claimed value, with the TTL that the expiry says; the writer has it already.
     *
     * @return null if the claim was void, and all is to be decided once more
     */
    @Nullable
    Outcome<V> put(
            Claim<V> claim,
            Hold<K, LarderEvent<K, V>> hold,
            V value,
            Tags tags,
            @Nullable Entry<V> current,
            Expiry expiry) {
        if (expiry.isConstant()) {
            Ttl only = ttls.ofPut(expiry);
            if (only != null && tags.isNone()) {
                // so the store is this JVM's alone, where the lock of the key is all that there is to a claim
                return publishing.putAndPublish(hold, value, only);
            }
            Change<V> put =
                    only == null ? Change.put(value, expiry.creation(), expiry.update()) : Change.put(value, only);
            return write(claim, hold, put.withTags(tags));
        }
        if (current != null) {
            Outcome<V> outcome =
                    write(claim, hold, Change.put(value, expiry.update()).withTags(tags));
            if (outcome != null || claim.mayRepeat()) {
                return outcome;
            }
            // evicted or expired just now, and with it the deadline to keep: it is a creation
        }
        return write(claim, hold, Change.put(value, expiry.creation()).withTags(tags));
    }

    /** Makes a change of a claimed key; returns null if the claim was void. */
    @Nullable
    Outcome<V> write(Claim<V> claim, Hold<K, LarderEvent<K, V>> hold, Change<V> change) {
        return claim.settle(change, publishing.writeAndPublish(hold, claim.bind(change)));
    }

    private Outcome<V> refuse(
            Hold<K, LarderEvent<K, V>> hold,
            Change<V> change,
            Effect refusal,
            @Nullable Entry<V> current,
            Expiry expiry) {
        if (current != null && change.condition() == Change.Condition.VALUE) {
            Ttl ttl = expiry.access();
            if (!ttl.isUnchanged()) {
                publishing.writeAndPublish(hold, Change.<V>touch(ttl).ifUnchanged(current));
            }
        }
        return Outcome.of(refusal, current, null);
    }
}
