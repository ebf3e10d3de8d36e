package dev.larder.store;

/**
 * Makes a kind of store known to configuration files. Found by {@link java.util.ServiceLoader}.
 *
 * <p>In a file, the word of the kind stands under the name that the application gives to the store, and the kind's own
 * settings below it:
 *
 * <pre>{@code
 * { "stores": { "shared": { "redis": { "uri": "redis://cache.example" } } } }
 * }</pre>
 *
 * <p>The settings are a record, whose components are the keys. They may be of type {@code String}, {@code boolean},
 * {@code int}, {@code long}, {@code double}, {@link java.time.Duration} ({@code 10m}), {@link ByteSize} ({@code 64MiB}), an
 * enum, {@link java.net.URI}, another such record, or a list or map of them. A key that is left out is null, so the
 * compact constructor is the place for defaults and for checks: the message of its {@link IllegalArgumentException} is
 * shown with the file and line, and so must not repeat a secret. A primitive component cannot be left out.
 *
 * <p>An implementation has a public constructor without parameters, which does nothing much.
 *
 * @param <S> the record of settings
 */
public interface StoreProvider<S extends Record> {

    /** Returns the word that stands for this kind of store, for example {@code redis}. */
    String type();

    /** Returns the record that the settings are read into; it must be accessible to Jackson. */
    Class<S> settingsType();

    /**
     * Returns the JSON schema of the settings: an object with {@code properties}, one for each component of the record.
     *
     * <p>A property with {@code "writeOnly": true} is a secret and is never shown. Those that are neither objects nor arrays
     * can be changed by an environment variable.
     */
    String schema();

    /** Whether {@link StoreSource#storesOf(long)} works, that is, whether a store can be told how many entries to keep. */
    default boolean hasMaximumSize() {
        return false;
    }

    /**
     * Opens what the caches of one manager share of a named store. Called when the first of them is made, and not again
     * before the source is closed.
     *
     * @throws StoreException if what is needed cannot be reached
     */
    StoreSource open(S settings);
}
