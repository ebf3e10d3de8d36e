package dev.larder.annotations.internal.region;

import dev.larder.codec.CodecException;

/** Knows what Larder throws when a store of bytes cannot hold a key. */
final class UnfitKeys {

    private UnfitKeys() {}

    /** Whether that is why a cache failed; throws a {@link LinkageError} where Larder is not on the class path. */
    static boolean isOne(RuntimeException failure) {
        return failure.getCause() instanceof CodecException cause && cause.isAboutKey();
    }
}
