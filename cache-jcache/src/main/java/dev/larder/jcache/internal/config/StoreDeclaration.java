package dev.larder.jcache.internal.config;

import dev.larder.store.StoreProvider;
import dev.larder.store.StoreSource;
import javax.cache.CacheException;

/**
 * A named store of a file.
 *
 * @param provider the kind of store
 * @param settings what the file says of it, as the provider's record
 * @param node where it says so
 */
record StoreDeclaration(StoreProvider<?> provider, Record settings, Node.Table node) {

    StoreSource open() {
        try {
            return open(provider);
        } catch (RuntimeException e) {
            throw Problem.at(node, "the store cannot be opened: " + e.getMessage(), e);
        }
    }

    private <S extends Record> StoreSource open(StoreProvider<S> typed) {
        return typed.open(typed.settingsType().cast(settings));
    }

    /** Returns the exception for a bound that a store of this kind has no use for. */
    CacheException cannotBeBounded(Node.Scalar maximumSize) {
        return Problem.value(
                maximumSize,
                "cannot be kept to by store \"" + node.path().keys().get(1) + "\", which is of type " + provider.type()
                        + "; leave maximumSize out, or use another store");
    }
}
