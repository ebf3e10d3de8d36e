package dev.larder.conformance.awkward;

import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.store.StoreProvider;
import dev.larder.store.StoreSource;

/** Makes the awkward store known to configuration files: {@code "awkward": { "server": "one" }}. */
public final class AwkwardProvider implements StoreProvider<AwkwardProvider.Settings> {

    /**
     * What a file says.
     *
     * @param server the name of the server
     */
    public record Settings(String server) {}

    /** Opens stores on a server. */
    public record Factory(String server) implements StoreFactory {
        @Override
        public <K, V> Store<K, V> open(StoreContext<K, V> context) {
            return new AwkwardStore<>(AwkwardServer.named(server), context);
        }
    }

    @Override
    public String type() {
        return "awkward";
    }

    @Override
    public Class<Settings> settingsType() {
        return Settings.class;
    }

    @Override
    public String schema() {
        return """
                { "type": "object", "additionalProperties": false, "required": [ "server" ],
                  "properties": { "server": { "type": "string" } } }
                """;
    }

    @Override
    public StoreSource open(Settings settings) {
        return () -> new Factory(settings.server());
    }
}
