package dev.larder.jcache.internal.config;

import dev.larder.jcache.internal.config.Setting.Value;
import dev.larder.store.StoreFactory;
import dev.larder.store.StoreSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The named stores of a manager: each is opened when the first cache wants it, and closed with the manager. Safe for use by
 * many threads.
 */
final class NamedStores implements AutoCloseable {

    /** The name of the store that is always there. */
    static final String HEAP = "heap";

    private static final System.Logger LOGGER = System.getLogger(FileConfiguration.LOGGER);

    private final Map<String, StoreDeclaration> declared;

    /** Guarded by itself. */
    private final Map<String, StoreSource> open = new HashMap<>();

    private boolean closed;

    NamedStores(Map<String, StoreDeclaration> declared) {
        this.declared = declared;
    }

    /** Returns what opens the store that a file gives to a cache. */
    StoreFactory stores(Resolved cache) {
        StoreSource source = source(cache.or(Settings.STORE, HEAP));
        Value<Long> bound = cache.get(Settings.MAXIMUM_SIZE);
        return bound == null ? source.stores() : source.storesOf(bound.value());
    }

    private StoreSource source(String name) {
        synchronized (open) {
            if (closed) {
                throw new IllegalStateException("store \"" + name + "\" is closed, because its manager is");
            }
            return open.computeIfAbsent(
                    name, wanted -> Objects.requireNonNull(declared.get(wanted)).open());
        }
    }

    @Override
    public void close() {
        synchronized (open) {
            closed = true;
            open.forEach(NamedStores::close);
            open.clear();
        }
    }

    private static void close(String name, StoreSource source) {
        try {
            source.close();
        } catch (RuntimeException e) {
            LOGGER.log(System.Logger.Level.WARNING, "store \"" + name + "\" could not be closed", e);
        }
    }
}
