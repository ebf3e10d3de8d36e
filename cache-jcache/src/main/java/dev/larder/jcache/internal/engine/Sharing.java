package dev.larder.jcache.internal.engine;

/**
 * Whether a cache has shared, and not copied, each value that it has taken in. As long as it has, none needs a copy on its way out,
 * nor a look at its class, which would be a miss of the processor's cache more.
 *
 * <p>Safe for use by many threads without being volatile: it is ended before the value that ends it is stored, and to be asked only
 * after a value was found in the store, which is where the two threads meet.
 */
final class Sharing {

    private boolean ofAll;

    Sharing(boolean ofAll) {
        this.ofAll = ofAll;
    }

    /** Notes that a value was copied. */
    void end() {
        ofAll = false;
    }

    /** Whether values that were found in the store may be handed out as they are. */
    boolean isOfAll() {
        return ofAll;
    }
}
