package dev.larder.annotations.internal.method;

/** What a method does to its cache. */
public enum Kind {
    /** It is asked only for what the cache lacks. */
    RESULT,
    /** Its argument goes into the cache. */
    PUT,
    /** It removes an entry. */
    REMOVE,
    /** It removes all entries. */
    REMOVE_ALL
}
