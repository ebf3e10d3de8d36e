package dev.larder.store;

import java.io.Serializable;

/**
 * Opens the store of a cache. The cache closes it.
 *
 * <p>Serializable because it is part of a cache's configuration, which JSR-107 wants to be.
 */
@FunctionalInterface
public interface StoreFactory extends Serializable {

    /**
     * Opens a store.
     *
     * @throws StoreException if the store cannot be reached or will not serve what the context asks for
     */
    <K, V> Store<K, V> open(StoreContext<K, V> context);
}
