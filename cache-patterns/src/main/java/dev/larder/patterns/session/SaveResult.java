package dev.larder.patterns.session;

/** What came of {@link SessionStore#save}. */
public enum SaveResult {
    /** The changes are stored. */
    SAVED,
    /** There was nothing to store, and the cache was not asked. */
    UNCHANGED,
    /** The session has ended meanwhile, and stays so; nothing was stored. */
    GONE,
    /** Others changed the same attribute meanwhile, and {@link SessionStoreBuilder#compareAndSet} is on; nothing was stored. */
    CONFLICT
}
