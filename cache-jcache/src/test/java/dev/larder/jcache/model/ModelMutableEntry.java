package dev.larder.jcache.model;

import dev.larder.jcache.LarderEntry;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The entry that a processor works on. What it came to is read off afterwards. */
final class ModelMutableEntry<V> implements LarderEntry<String, V> {

    private final String key;
    private final V present;
    private final Supplier<V> load;
    private final UnaryOperator<V> copy;
    private Effect effect = Effect.NONE;
    private boolean looked;
    private V seen;
    private V loaded;
    private Duration ttl;
    private Set<String> tags;

    /** What the calls of a processor come to. */
    enum Effect {
        NONE,
        READ,
        LOADED,
        SET,
        REMOVED
    }

    /**
     * Creates it for a processor.
     *
     * @param present the value there is, or null
     * @param load brings a missing value, or null if there is none
     */
    ModelMutableEntry(String key, V present, Supplier<V> load, UnaryOperator<V> copy) {
        this.key = key;
        this.present = present;
        this.load = load;
        this.copy = copy;
    }

    @Override
    public String getKey() {
        return key;
    }

    @Override
    public boolean exists() {
        return seen != null || (present != null && effect != Effect.REMOVED);
    }

    /** The first look at an entry that was not written reads it, or loads it if there is none. */
    @Override
    public V getValue() {
        if (seen == null && !looked) {
            looked = true;
            loaded = present == null ? load.get() : null;
            V found = present == null ? loaded : present;
            seen = found == null ? null : copy.apply(found);
            effect = found == null ? Effect.NONE : present == null ? Effect.LOADED : Effect.READ;
        }
        return seen;
    }

    @Override
    public void setValue(V value) {
        seen = value;
        looked = true;
        effect = Effect.SET;
    }

    /**
     * Only the net effect counts. A value that the processor itself made, or made the cache load, was never in the cache:
     * to remove it comes to nothing, as in the reference implementation. To remove what is not there is a removal all the
     * same, because the writer may have it.
     */
    @Override
    public void remove() {
        boolean wasOnlyHere = present == null && (effect == Effect.SET || effect == Effect.LOADED);
        effect = wasOnlyHere ? Effect.NONE : Effect.REMOVED;
        seen = null;
        looked = true;
    }

    @Override
    public void setTtl(Duration newTtl) {
        ttl = newTtl;
    }

    /** Tags go with a value that is stored, and with no other. */
    @Override
    public void setTags(String... newTags) {
        tags = Set.of(newTags);
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return type.cast(this);
    }

    Effect effect() {
        return effect;
    }

    /** Returns what was set, as it is now. */
    V set() {
        return seen;
    }

    /** Returns what was loaded, which is stored whatever the processor did to its copy. */
    V loaded() {
        return loaded;
    }

    /** Returns the tags that were named, or null. */
    Set<String> tags() {
        return tags;
    }

    Duration ttl() {
        return ttl;
    }
}
