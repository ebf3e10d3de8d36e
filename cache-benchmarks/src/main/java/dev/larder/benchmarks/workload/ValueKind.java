package dev.larder.benchmarks.workload;

/** What is in a cache that stores by value. No type is declared, as when a framework makes the cache. */
public enum ValueKind {
    /** Mutable: a get must make a copy. */
    BEAN,
    STRING,
    LONG,
    /** Immutable, which only who looks at its components can know. */
    RECORD;

    Object make(int key) {
        return switch (this) {
            case BEAN -> new Bean(key);
            case STRING -> "value " + key;
            case LONG -> Long.valueOf(key);
            case RECORD -> new Place("place " + key, key, key * 0.5);
        };
    }
}
