package dev.larder.patterns.write;

import javax.cache.integration.CacheWriterException;

/** Says what was not written, without showing keys: they can be names of people. */
final class WriteFailure {

    private WriteFailure() {}

    /**
     * Returns the failure as writers throw it.
     *
     * @param deed {@code written} or {@code deleted}
     * @param detail where to, or an empty string
     */
    static CacheWriterException of(int left, String deed, String detail, Throwable cause) {
        if (cause instanceof CacheWriterException already) {
            return already;
        }
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return new CacheWriterException(entries(left) + " not " + deed + detail, cause);
    }

    /** Returns the number with its noun and verb. */
    static String entries(int number) {
        return number == 1 ? "1 entry was" : number + " entries were";
    }
}
