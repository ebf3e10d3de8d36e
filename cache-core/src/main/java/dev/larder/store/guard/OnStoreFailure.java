package dev.larder.store.guard;

/** What a cache does while its store fails. */
public enum OnStoreFailure {

    /**
     * Goes on without it: reads miss, and puts and removals are remembered and made good by removing those keys when the
     * store is back. What cannot be answered without the store fails all the same.
     */
    DEGRADE,

    /** Fails. */
    FAIL
}
