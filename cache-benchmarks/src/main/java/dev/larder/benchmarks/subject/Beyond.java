package dev.larder.benchmarks.subject;

/** What a cache is asked for that the standard has no words for, and only Larder has. */
public enum Beyond {
    NOTHING,
    /** Each entry has a tag, by which it could be invalidated. */
    TAGS,
    /** An old value is served while another is loaded; in a benchmark none is old. */
    STALE_WHILE_REVALIDATE
}
