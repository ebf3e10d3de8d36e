package dev.larder.patterns.session;

import java.io.Serial;
import java.net.InetAddress;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;
import tools.jackson.databind.module.SimpleModule;

/** Keeps JSON from naming classes, be it for a property's type or for its value, and from asking the network for hosts. */
final class NoClassNames extends PolymorphicTypeValidator {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final List<Class<?>> ACTING = List.of(Class.class, JavaType.class, InetAddress.class);

    static JacksonModule module() {
        SimpleModule module = new SimpleModule("larder-session");
        ACTING.forEach(type -> refuse(type, module));
        return module;
    }

    private static <T> void refuse(Class<T> type, SimpleModule module) {
        module.addDeserializer(type, new Refusal<>(type));
    }

    @Override
    public Validity validateBaseType(DatabindContext context, JavaType baseType) {
        return Validity.INDETERMINATE;
    }

    @Override
    public Validity validateSubClassName(DatabindContext context, JavaType baseType, String subClassName) {
        return Validity.DENIED;
    }

    @Override
    public Validity validateSubType(DatabindContext context, JavaType baseType, JavaType subType) {
        return Validity.DENIED;
    }

    /** Reads no value. */
    private static final class Refusal<T> extends StdDeserializer<T> {

        Refusal(Class<T> type) {
            super(type);
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) {
            return context.reportBadDefinition(handledType(), "it is never read from a session");
        }
    }
}
