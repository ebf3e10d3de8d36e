package dev.larder.patterns.session.internal.record;

import javax.cache.processor.MutableEntry;

/** Sets how long an entry lives, where the provider can. */
public interface EntryTtl {

    /** What the class path has: Larder's way if cache-jcache is there, else none. */
    EntryTtl AVAILABLE = find();

    /**
     * Lets the value just set live for that long, if the entry is of a provider that can do so.
     *
     * @param millis more than zero; {@link Times#NEVER} is for ever
     */
    void set(MutableEntry<?, ?> entry, long millis);

    private static EntryTtl find() {
        try {
            return new LarderTtl();
        } catch (NoClassDefFoundError noLarder) {
            return (entry, millis) -> {};
        }
    }
}
