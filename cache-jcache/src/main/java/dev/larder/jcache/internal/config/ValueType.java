package dev.larder.jcache.internal.config;

import dev.larder.store.Ttl;
import dev.larder.store.guard.OnStoreFailure;
import java.time.Duration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;

/**
 * A type of value in a configuration file.
 *
 * @param name what the documents call it, with an example
 * @param schema what the schema says of it
 * @param parser makes the value
 */
record ValueType<T>(String name, String schema, Parser<T> parser) {

    /** Makes a value of what stands in the file. */
    @FunctionalInterface
    interface Parser<T> {

        /**
         * Returns the value.
         *
         * @param classLoader finds classes, which are neither initialised nor kept
         * @throws IllegalArgumentException if it is wrong; the message is the rest of a sentence that begins with the value
         */
        T parse(Node.Scalar scalar, ClassLoader classLoader);
    }

    static final ValueType<Boolean> BOOLEAN = new ValueType<>(
            "`true` or `false`",
            "{ \"anyOf\": [ { \"type\": \"boolean\" }, { \"$ref\": \"#/$defs/placeholder\" } ] }",
            (scalar, loader) -> Scalars.toBoolean(scalar));

    static final ValueType<Long> COUNT = new ValueType<>(
            "count: `10_000`",
            "{ \"anyOf\": [ { \"type\": \"integer\", \"minimum\": 0 },"
                    + " { \"type\": \"string\", \"pattern\": \"^[0-9]+(_[0-9]+)*$\" }, { \"$ref\": \"#/$defs/placeholder\" } ] }",
            (scalar, loader) -> Scalars.toCount(scalar));

    static final ValueType<Ttl> EXPIRY = new ValueType<>(
            "duration: `10m`, or `never`",
            "{ \"type\": \"string\", \"minLength\": 1, \"anyOf\": [ { \"const\": \"never\" }, { \"pattern\": \""
                    + Durations.SCHEMA_PATTERN + "\" }, { \"$ref\": \"#/$defs/placeholder\" } ] }",
            (scalar, loader) -> Durations.toExpiry(scalar.text()));

    static final ValueType<Duration> DURATION = new ValueType<>(
            "duration: `10m`",
            "{ \"type\": \"string\", \"minLength\": 1, \"anyOf\": [ { \"pattern\": \"" + Durations.SCHEMA_PATTERN
                    + "\" }, { \"$ref\": \"#/$defs/placeholder\" } ] }",
            (scalar, loader) -> Durations.toPositive(scalar.text()));

    static final ValueType<OnStoreFailure> ON_STORE_FAILURE = new ValueType<>(
            "`degrade` or `fail`",
            "{ \"type\": \"string\", \"anyOf\": [ { \"enum\": [ \"degrade\", \"fail\" ] },"
                    + " { \"$ref\": \"#/$defs/placeholder\" } ] }",
            (scalar, loader) -> Scalars.toOnStoreFailure(scalar));

    static final ValueType<String> STORE = new ValueType<>(
            "`heap`, or a name in `stores`",
            "{ \"type\": \"string\", \"minLength\": 1 }",
            (scalar, loader) -> Scalars.toText(scalar));

    static final ValueType<String> TYPE = className("class: `java.lang.String`", Object.class);

    static final ValueType<String> LOADER = className("class: `com.acme.UserLoader`", CacheLoader.class);

    static final ValueType<String> WRITER = className("class: `com.acme.UserWriter`", CacheWriter.class);

    private static ValueType<String> className(String name, Class<?> kind) {
        return new ValueType<>(name, "{ \"type\": \"string\", \"minLength\": 1 }", (scalar, loader) -> {
            String className = Scalars.toText(scalar);
            Classes.check(className, kind, loader);
            return className;
        });
    }
}
