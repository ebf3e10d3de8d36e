package dev.larder.patterns.load;

import javax.cache.integration.CacheLoaderException;

/** Says what could not be loaded, without showing keys: they can be names of people. */
final class LoadFailure {

    private LoadFailure() {}

    /**
     * Returns the failure as loaders throw it.
     *
     * @param detail where it was loaded from, or an empty string
     */
    static CacheLoaderException of(int keys, String detail, Exception cause) {
        if (cause instanceof CacheLoaderException already) {
            return already;
        }
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        String what = keys == 1 ? "1 key" : keys + " keys";
        return new CacheLoaderException(what + " could not be loaded" + detail, cause);
    }
}
