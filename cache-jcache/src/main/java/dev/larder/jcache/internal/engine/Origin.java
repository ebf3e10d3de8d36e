package dev.larder.jcache.internal.engine;

/** Who wanted a change. */
enum Origin {
    /** The user of the cache. What is being loaded is overtaken by it. */
    USER,
    /** The loader: what it brought is stored, which overtakes no load. */
    LOADER,
    /** Nobody who knows the value: the entry may be stale. Listeners do not hear of it. */
    INVALIDATION
}
