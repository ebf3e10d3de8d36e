package dev.larder.jcache.internal.engine;

import dev.larder.jcache.LarderEntry;
import dev.larder.jcache.internal.load.Loading;
import dev.larder.store.Entry;
import dev.larder.store.Lease;
import dev.larder.store.Ttl;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The entry that a processor works on. It changes nothing but itself; what it came to is applied when the processor has
 * returned, as one change: only the net effect counts.
 */
final class ProcessorEntry<K, V> implements LarderEntry<K, V> {

    /** What the processor's calls come to. */
    enum NetEffect {
        /** Nothing was read or changed. */
        NONE,
        /** An existing value was read. */
        ACCESSED,
        /** A value was loaded, and is to be stored. */
        LOADED,
        /** A value was set. */
        SET,
        /** The value was removed. */
        REMOVED
    }

    /**
     * What is the same for all entries of a cache.
     *
     * @param valueType what may be set
     * @param loading loads a value that is asked for and missing, or null
     */
    record Context<K, V>(
            Class<V> valueType,
            Copying<K, V> copying,
            @Nullable Loading<K, V> loading) {}

    private final K key;
    private final @Nullable Entry<V> found;
    private final Context<K, V> context;
    private NetEffect effect = NetEffect.NONE;

    /** What the processor sees, and may change if it is mutable. */
    private @Nullable V value;

    /** What was loaded, untouched. */
    private Loading.@Nullable Loaded<V> loaded;

    private @Nullable Ttl ttl;
    private boolean looked;

    /** Whether the processor knows whether there was a value. */
    private boolean wasSeen;

    ProcessorEntry(K key, @Nullable Entry<V> found, Context<K, V> context) {
        this.key = key;
        this.found = found;
        this.context = context;
    }

    @Override
    public K getKey() {
        return context.copying().key(key);
    }

    @Override
    public boolean exists() {
        wasSeen = true;
        return value != null || (found != null && effect != NetEffect.REMOVED);
    }

    @Override
    @SuppressWarnings(
            "NullAway") // null is what the standard wants if there is no value, and javax.cache has no annotations
    public V getValue() {
        wasSeen = true;
        if (value == null && effect != NetEffect.REMOVED && !looked) {
            looked = true;
            look();
        }
        return value;
    }

    private void look() {
        if (found != null) {
            value = context.copying().valueOut(found.value());
            effect = NetEffect.ACCESSED;
        } else if (context.loading() != null) {
            load(context.loading());
        }
    }

    private void load(Loading<K, V> loading) {
        loaded = loading.loadForProcessor(key);
        V own = loaded.value();
        if (own != null) {
            value = context.copying().valueOut(own);
            effect = NetEffect.LOADED;
        }
    }

    @Override
    public void setValue(V newValue) {
        Objects.requireNonNull(newValue, "value");
        if (!context.valueType().isInstance(newValue)) {
            throw new ClassCastException(
                    "value must be a " + context.valueType().getName() + " but is a "
                            + newValue.getClass().getName());
        }
        value = newValue;
        effect = NetEffect.SET;
    }

    @Override
    public void remove() {
        boolean wasOnlyHere = found == null && (effect == NetEffect.SET || effect == NetEffect.LOADED);
        effect = wasOnlyHere ? NetEffect.NONE : NetEffect.REMOVED;
        value = null;
        looked = true;
    }

    @Override
    public void setTtl(Duration newTtl) {
        ttl = Ttl.of(newTtl);
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new IllegalArgumentException("an entry of Larder cannot be unwrapped to " + type.getName());
    }

    NetEffect effect() {
        return effect;
    }

    /** Whether what the processor came to may depend on the entry that was there. */
    boolean wasSeen() {
        return wasSeen;
    }

    /** Returns the entry that was there when the processor began. */
    @Nullable
    Entry<V> found() {
        return found;
    }

    /** Returns the value that was set. */
    V requireValue() {
        return Objects.requireNonNull(value, "value");
    }

    /** Returns the value that was loaded. */
    V requireLoaded() {
        return Objects.requireNonNull(loaded == null ? null : loaded.value(), "loaded");
    }

    /**
     * Returns the right to store what was loaded, if that is to be done here. What another thread loaded it stores, as soon
     * as this one lets go of the key; unless the processor asked for a TTL, of which that one knows nothing.
     */
    @Nullable
    Lease leaseToUse() {
        return loaded == null || (loaded.isStoredByAnother() && ttl == null) ? null : loaded.lease();
    }

    /** Whether a load was asked for the value. */
    boolean hasLoaded() {
        return loaded != null;
    }

    /** Returns the right to fill the key that this thread's own load has, or null. */
    @Nullable
    Lease ownLease() {
        return loaded == null || loaded.isStoredByAnother() ? null : loaded.lease();
    }

    /** Ends the load, if there was one: what the processor came to is stored, or nothing is to be. */
    void endLoad() {
        // an entry that a processor keeps must not begin a load that nobody ends
        looked = true;
        if (loaded != null) {
            loaded.end().run();
        }
    }

    /** Returns the TTL that the processor asked for, or null. */
    @Nullable
    Ttl ttl() {
        return ttl;
    }
}
