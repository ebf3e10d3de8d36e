package dev.larder.codec.jackson;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Types that Jackson reads by doing what the text says: looking a class up by name (and running its static initialiser)
 * or asking the network for a host. A value that has one cannot be stored.
 */
final class ForbiddenTypes {

    private static final List<Class<?>> TYPES =
            List.of(Class.class, JavaType.class, InetAddress.class, InetSocketAddress.class);

    private ForbiddenTypes() {}

    static JacksonModule module() {
        SimpleModule module = new SimpleModule("larder-forbidden");
        TYPES.forEach(type -> forbid(type, module));
        return module;
    }

    private static <T> void forbid(Class<T> type, SimpleModule module) {
        module.addDeserializer(type, new Refusal<>(type));
        module.addKeyDeserializer(type, new KeyRefusal(type));
    }

    private static String reason(Class<?> type) {
        return type.getName() + " is never read from a store, because reading it acts on what the text names";
    }

    /** Reads no value. */
    private static final class Refusal<T> extends StdDeserializer<T> {

        Refusal(Class<T> type) {
            super(type);
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) {
            return context.reportBadDefinition(handledType(), reason(handledType()));
        }
    }

    /** Reads no map key. */
    private static final class KeyRefusal extends KeyDeserializer {

        private final Class<?> type;

        KeyRefusal(Class<?> type) {
            this.type = type;
        }

        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            return context.reportBadDefinition(type, reason(type));
        }
    }
}
