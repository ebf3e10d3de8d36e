package dev.larder.store.heap;

import dev.larder.store.StoreFactory;
import dev.larder.store.StoreProvider;
import dev.larder.store.StoreSource;

/** Makes the heap known to configuration files as {@code heap}. Its caches share nothing. */
public final class HeapStoreProvider implements StoreProvider<HeapStoreProvider.Settings> {

    /** The settings of a named heap: there are none, because a bound is a matter of each cache. */
    public record Settings() {}

    /** Creates the provider; {@link java.util.ServiceLoader} does. */
    public HeapStoreProvider() {}

    @Override
    public String type() {
        return "heap";
    }

    @Override
    public Class<Settings> settingsType() {
        return Settings.class;
    }

    @Override
    public String schema() {
        return """
                {
                  "description": "The heap of this JVM. A bound is set where the store is used, with maximumSize.",
                  "type": "object",
                  "properties": {},
                  "additionalProperties": false
                }
                """;
    }

    @Override
    public boolean hasMaximumSize() {
        return true;
    }

    @Override
    public StoreSource open(Settings settings) {
        return new Source();
    }

    private static final class Source implements StoreSource {

        @Override
        public StoreFactory stores() {
            return HeapStore.unbounded();
        }

        @Override
        public StoreFactory storesOf(long maximumSize) {
            return HeapStore.ofMaximumSize(maximumSize);
        }
    }
}
