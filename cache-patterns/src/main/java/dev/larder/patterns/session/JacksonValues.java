package dev.larder.patterns.session;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Values of allowed classes as JSON, each behind the name of its class, which is looked up among the allowed ones and nowhere else. */
final class JacksonValues implements OtherValues {

    private final Map<String, Class<?>> allowed = new LinkedHashMap<>();
    private final JsonMapper mapper = mapper();

    private JacksonValues(Class<?>... classes) {
        for (Class<?> each : classes) {
            allowed.put(each.getName(), each);
        }
    }

    static OtherValues of(Class<?>... classes) {
        return new JacksonValues(classes);
    }

    private static JsonMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(64).build())
                .build();
        return JsonMapper.builder(factory)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .polymorphicTypeValidator(new NoClassNames())
                .addModule(NoClassNames.module())
                .build();
    }

    @Override
    public boolean takesCollections() {
        return false;
    }

    @Override
    public String nameOf(Object value) {
        Class<?> type = value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
        if (allowed.get(type.getName()) != type) {
            throw new IllegalArgumentException("class " + type.getName()
                    + " is not allowed; add it to those that AttributeCodec.jackson is given");
        }
        return type.getName();
    }

    @Override
    public byte[] write(Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "class " + value.getClass().getName() + " cannot be written by Jackson", e);
        }
    }

    @Override
    public Object read(String name, byte[] bytes) throws UnreadableAttributeException {
        Class<?> type = allowed.get(name);
        if (type == null) {
            throw new UnreadableAttributeException("a class that is not allowed");
        }
        try {
            Object value = mapper.readValue(bytes, type);
            if (value == null) {
                throw new UnreadableAttributeException("a null in JSON");
            }
            return value;
        } catch (JacksonException e) {
            throw new UnreadableAttributeException(
                    "JSON that does not fit class " + type.getName() + " ("
                            + e.getClass().getSimpleName() + ")",
                    e);
        }
    }
}
