package dev.larder.jcache.internal.config;

import dev.larder.codec.frame.CodecSettings;
import dev.larder.store.Ttl;
import dev.larder.store.guard.OnStoreFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import tools.jackson.databind.JacksonModule;

/**
 * A type of value in a configuration file.
 *
 * @param name what the documents call it, with an example
 * @param schema what the schema says of it
 * @param takesList whether a list in the file is as good as one text with commas
 * @param parser makes the value
 */
record ValueType<T>(String name, String schema, boolean takesList, Parser<T> parser) {

    ValueType(String name, String schema, Parser<T> parser) {
        this(name, schema, false, parser);
    }

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

    static final ValueType<Integer> NUMBER = number(0);

    static final ValueType<Integer> POSITIVE = number(1);

    static final ValueType<Integer> TWO_OR_MORE = number(2);

    private static ValueType<Integer> number(int least) {
        return new ValueType<>(
                least == 0 ? "number: `100`" : "number: `100`, " + least + " or more",
                "{ \"anyOf\": [ { \"type\": \"integer\", \"minimum\": " + least + " },"
                        + " { \"type\": \"string\", \"pattern\": \"^[0-9]+(_[0-9]+)*$\" }, { \"$ref\": \"#/$defs/placeholder\" } ] }",
                (scalar, loader) -> Scalars.toNumber(scalar, least));
    }

    static final ValueType<Double> JITTER = new ValueType<>(
            "fraction from 0 to 0.5: `0.1`",
            "{ \"anyOf\": [ { \"type\": \"number\", \"minimum\": 0, \"maximum\": 0.5 },"
                    + " { \"type\": \"string\", \"pattern\": \"^(0|0?\\\\.([0-4][0-9]*|50*))$\" },"
                    + " { \"$ref\": \"#/$defs/placeholder\" } ] }",
            (scalar, loader) -> Scalars.toJitter(scalar));

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

    static final ValueType<Double> FRACTION = new ValueType<>(
            "fraction: `0.8`",
            number("\"exclusiveMinimum\": 0, \"exclusiveMaximum\": 1"),
            (scalar, loader) -> Scalars.toFraction(scalar));

    static final ValueType<Double> FACTOR = new ValueType<>(
            "number: `1.0`", number("\"exclusiveMinimum\": 0"), (scalar, loader) -> Scalars.toFactor(scalar));

    private static String number(String bounds) {
        return "{ \"anyOf\": [ { \"type\": \"number\", " + bounds + " },"
                + " { \"type\": \"string\", \"pattern\": \"^[0-9]*[.]?[0-9]+$\" }, { \"$ref\": \"#/$defs/placeholder\" } ] }";
    }

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

    static final ValueType<CodecSettings.Format> CODEC = new ValueType<>(
            "`auto`, `json`, `cbor`, `self-describing`, `java`",
            "{ \"anyOf\": [ { \"enum\": [ \"auto\", \"json\", \"cbor\", \"self-describing\", \"java\" ] },"
                    + " { \"$ref\": \"#/$defs/placeholder\" } ] }",
            (scalar, loader) -> Scalars.toFormat(scalar));

    static final ValueType<List<String>> CLASSES = classNames("list of classes: `[ \"com.acme.Cart\" ]`", Object.class);

    static final ValueType<List<String>> MODULES =
            classNames("list of classes: `[ \"com.acme.MoneyModule\" ]`", JacksonModule.class);

    /** A list in the file, or one text with commas, as an environment variable has it. */
    private static ValueType<List<String>> classNames(String name, Class<?> kind) {
        return new ValueType<>(
                name,
                "{ \"anyOf\": [ { \"type\": \"string\", \"minLength\": 1 },"
                        + " { \"type\": \"array\", \"items\": { \"type\": \"string\", \"minLength\": 1 } } ] }",
                true,
                (scalar, loader) -> classNames(scalar, kind, loader));
    }

    private static List<String> classNames(Node.Scalar scalar, Class<?> kind, ClassLoader loader) {
        List<String> names = new ArrayList<>();
        for (String each : Scalars.toText(scalar).split(Node.Items.SEPARATOR, -1)) {
            String name = each.strip();
            try {
                Classes.check(name, kind, loader);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("lists \"" + name + "\", which " + e.getMessage(), e);
            }
            names.add(name);
        }
        return List.copyOf(names);
    }

    /** Returns what stands in the file as a single value, if this type has such. */
    Node.Scalar scalar(Node node) {
        return takesList && node instanceof Node.Items list ? list.joined() : Shape.scalar(node);
    }

    private static ValueType<String> className(String name, Class<?> kind) {
        return new ValueType<>(name, "{ \"type\": \"string\", \"minLength\": 1 }", (scalar, loader) -> {
            String className = Scalars.toText(scalar);
            Classes.check(className, kind, loader);
            return className;
        });
    }
}
