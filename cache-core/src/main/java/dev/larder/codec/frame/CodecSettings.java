package dev.larder.codec.frame;

import dev.larder.codec.CodecLimits;
import dev.larder.codec.KeyForm;
import dev.larder.codec.ValueCodec;
import dev.larder.codec.ValueType;
import dev.larder.codec.jackson.JacksonCodec;
import dev.larder.codec.serial.SerialCodec;
import dev.larder.codec.table.TableCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JacksonModule;

/**
 * How the entries of a cache are to become bytes: which codec, what is allowed, whether to compress and encrypt.
 *
 * <p>Without further settings, values of declared types are JSON, and so is a declared type with type arguments; values
 * of a type that the {@linkplain TableCodec table} knows by itself (text, numbers, {@code byte[]}, plain collections,
 * and {@code Object}, which stands for no declaration) are self-describing. Immutable; making one
 * loads no codec, only {@link #open} does.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class CodecSettings<K, V> {

    private final ValueType<K> keyType;
    private final ValueType<V> valueType;
    private final Format format;
    private final @Nullable ValueCodec<K> keyCodec;
    private final @Nullable ValueCodec<V> valueCodec;
    private final Map<Class<?>, String> allowed;
    private final List<JacksonModule> modules;
    private final CodecLimits limits;
    private final @Nullable Compression compression;
    private final @Nullable Encryption encryption;
    private final String namespace;
    private final @Nullable KeyForm<?> keyForm;

    private CodecSettings(Builder<K, V> builder) {
        this.keyType = builder.keyType;
        this.valueType = builder.valueType;
        this.format = builder.format;
        this.keyCodec = builder.keyCodec;
        this.valueCodec = builder.valueCodec;
        this.allowed = new LinkedHashMap<>(builder.allowed);
        this.modules = List.copyOf(builder.modules);
        this.limits = builder.limits;
        this.compression = builder.compression;
        this.encryption = builder.encryption;
        this.namespace = builder.namespace;
        this.keyForm = null;
    }

    private CodecSettings(CodecSettings<K, V> others, KeyForm<?> keyForm) {
        this.keyType = others.keyType;
        this.valueType = others.valueType;
        this.format = others.format;
        this.keyCodec = others.keyCodec;
        this.valueCodec = others.valueCodec;
        this.allowed = others.allowed;
        this.modules = others.modules;
        this.limits = others.limits;
        this.compression = others.compression;
        this.encryption = others.encryption;
        this.namespace = others.namespace;
        this.keyForm = keyForm;
    }

    /** The formats that come with Larder. */
    public enum Format {
        /** Self-describing where the table suits the declared type, else JSON. */
        AUTOMATIC,
        /** JSON, for types that are declared. */
        JSON,
        /** CBOR, for types that are declared; half the size where there are bytes. Needs its Jackson module. */
        CBOR,
        /** The closed table, for types that are not declared. */
        SELF_DESCRIBING,
        /** Java serialisation of the classes that are allowed. */
        JAVA
    }

    /** Returns the settings of a cache that has none but its types. */
    public static <K, V> CodecSettings<K, V> of(Class<K> keyType, Class<V> valueType) {
        return builder(ValueType.of(keyType), ValueType.of(valueType)).build();
    }

    /** Starts settings for a cache of these types; {@code Object} stands for none. */
    public static <K, V> Builder<K, V> builder(ValueType<K> keyType, ValueType<V> valueType) {
        return new Builder<>(keyType, valueType);
    }

    /** Returns these settings with keys of one more class, which are then self-describing whatever the declared type of keys is; with null as it is. */
    public CodecSettings<K, V> withKeyForm(@Nullable KeyForm<?> form) {
        return form == null ? this : new CodecSettings<>(this, form);
    }

    /**
     * Makes the codec of a cache.
     *
     * @param cache the name of the cache
     * @param epoch see {@link KeySpace#epoch()}
     * @throws IllegalArgumentException if the format does not suit the types
     * @throws IllegalStateException if the format lacks what it needs: a library, or classes to allow
     */
    public EntryCodec<K, V> open(String cache, long epoch) {
        ValueCodec<V> values = valueCodec == null ? newValueCodec() : valueCodec;
        EntryCodec.Parts<K, V> parts = new EntryCodec.Parts<>(newKeyCodec(), values, limits, compression, encryption);
        return new EntryCodec<>(new KeySpace(namespace, cache, epoch), parts, new UnreadableCounts(cache));
    }

    private ValueCodec<V> newValueCodec() {
        return switch (format) {
            case AUTOMATIC -> TableCodec.suits(valueType) ? table(valueType).build() : json(valueType);
            case JSON -> json(valueType);
            case CBOR -> JacksonCodec.cbor(valueType, limits, modules);
            case SELF_DESCRIBING -> table(valueType).build();
            case JAVA -> java(valueType);
        };
    }

    /** Keys are never Java serialisation: equal keys must have equal bytes. */
    private KeyCodec<K> newKeyCodec() {
        ValueCodec<K> declared = keyCodec;
        if (declared == null && !TableCodec.suits(keyType)) {
            declared = json(keyType);
        }
        TableCodec<Object> table = table(ValueType.of(Object.class)).buildForKeys(keyForm);
        return new KeyCodec<>(table, declared, keyType.rawClass(), limits);
    }

    private <T> TableCodec.Builder<T> table(ValueType<T> type) {
        TableCodec.Builder<T> builder = TableCodec.builder(type).limits(limits).modules(modules);
        allowed.forEach((allowedClass, name) -> builder.allow(name, allowedClass));
        return builder;
    }

    private <T> ValueCodec<T> json(ValueType<T> type) {
        return JacksonCodec.json(type, limits, modules);
    }

    private <T> ValueCodec<T> java(ValueType<T> type) {
        SerialCodec.Builder<T> builder = SerialCodec.builder(type).limits(limits);
        allowed.keySet().forEach(builder::allow);
        return builder.build();
    }

    /**
     * Builds {@link CodecSettings}.
     *
     * @param <K> the type of the keys
     * @param <V> the type of the values
     */
    public static final class Builder<K, V> {

        private final ValueType<K> keyType;
        private final ValueType<V> valueType;
        private final Map<Class<?>, String> allowed = new LinkedHashMap<>();
        private Format format = Format.AUTOMATIC;
        private @Nullable ValueCodec<K> keyCodec;
        private @Nullable ValueCodec<V> valueCodec;
        private final List<JacksonModule> modules = new ArrayList<>();
        private CodecLimits limits = CodecLimits.standard();
        private @Nullable Compression compression;
        private @Nullable Encryption encryption;
        private String namespace = "";

        private Builder(ValueType<K> keyType, ValueType<V> valueType) {
            this.keyType = Objects.requireNonNull(keyType, "keyType");
            this.valueType = Objects.requireNonNull(valueType, "valueType");
        }

        /** Sets the format of values; {@link Format#AUTOMATIC} unless called. */
        public Builder<K, V> format(Format newFormat) {
            this.format = Objects.requireNonNull(newFormat, "newFormat");
            return this;
        }

        /** Sets a codec of your own for values, in the place of a format. */
        public Builder<K, V> valueCodec(ValueCodec<V> codec) {
            this.valueCodec = Objects.requireNonNull(codec, "codec");
            return this;
        }

        /** Sets a codec of your own for keys that the table does not know. Equal keys must make equal bytes. */
        public Builder<K, V> keyCodec(ValueCodec<K> codec) {
            this.keyCodec = Objects.requireNonNull(codec, "codec");
            return this;
        }

        /** Allows a class in self-describing bytes and in Java serialisation. */
        public Builder<K, V> allow(Class<?> allowedClass) {
            return allow(allowedClass.getName(), allowedClass);
        }

        /** Allows a class under a name of your choice, which self-describing bytes have in the place of its own. */
        public Builder<K, V> allow(String name, Class<?> allowedClass) {
            allowed.put(Objects.requireNonNull(allowedClass, "allowedClass"), Objects.requireNonNull(name, "name"));
            return this;
        }

        /** Adds a module of Jackson, for classes that it does not know how to write or read by itself. */
        public Builder<K, V> jacksonModule(JacksonModule module) {
            modules.add(Objects.requireNonNull(module, "module"));
            return this;
        }

        /** Sets the limits; {@link CodecLimits#standard()} unless called. */
        public Builder<K, V> limits(CodecLimits newLimits) {
            this.limits = Objects.requireNonNull(newLimits, "newLimits");
            return this;
        }

        /** Compresses values; they are not unless called. */
        public Builder<K, V> compression(Compression newCompression) {
            this.compression = Objects.requireNonNull(newCompression, "newCompression");
            return this;
        }

        /** Encrypts values, and reads none that are not; they are not unless called. */
        public Builder<K, V> encryption(Encryption newEncryption) {
            this.encryption = Objects.requireNonNull(newEncryption, "newEncryption");
            return this;
        }

        /** Sets the namespace, which keeps applications apart that share a server; empty unless called. */
        public Builder<K, V> namespace(String newNamespace) {
            this.namespace = Objects.requireNonNull(newNamespace, "newNamespace");
            return this;
        }

        /** Returns the settings. */
        public CodecSettings<K, V> build() {
            if (valueCodec != null && format != Format.AUTOMATIC) {
                throw new IllegalStateException(
                        "a value codec of one's own cannot be combined with the format " + format);
            }
            return new CodecSettings<>(this);
        }
    }
}
