package dev.larder.jcache.internal.config;

import dev.larder.store.ByteSize;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes a store's record of settings from a part of the file, strictly: each key is a component, each value of its type. */
final class RecordBinder {

    private static final Map<Class<?>, Function<Node.Scalar, Object>> SCALARS = Map.ofEntries(
            Map.entry(String.class, Scalars::toText),
            Map.entry(boolean.class, Scalars::toBoolean),
            Map.entry(Boolean.class, Scalars::toBoolean),
            Map.entry(int.class, Scalars::toInt),
            Map.entry(Integer.class, Scalars::toInt),
            Map.entry(long.class, Scalars::toLong),
            Map.entry(Long.class, Scalars::toLong),
            Map.entry(double.class, Scalars::toDouble),
            Map.entry(Double.class, Scalars::toDouble),
            Map.entry(Duration.class, scalar -> Durations.parse(scalar.text())),
            Map.entry(ByteSize.class, scalar -> ByteSize.parse(Scalars.toText(scalar))),
            Map.entry(URI.class, scalar -> toUri(Scalars.toText(scalar))));

    private RecordBinder() {}

    static <R extends Record> R bind(Node.Table table, Class<R> type) {
        RecordComponent[] components = type.getRecordComponents();
        Shape.requireKnownKeys(
                table, Arrays.stream(components).map(RecordComponent::getName).toList());
        @Nullable Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            arguments[i] = argument(table, components[i]);
        }
        return create(table, type, arguments);
    }

    private static @Nullable Object argument(Node.Table table, RecordComponent component) {
        Node node = table.get(component.getName());
        if (node != null) {
            return value(node, component.getGenericType());
        }
        if (component.getType().isPrimitive()) {
            throw Problem.at(table, "\"" + component.getName() + "\" is missing; write it, it has no default");
        }
        return null;
    }

    private static Object value(Node node, Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] parameters = generic.getActualTypeArguments();
            Type last = parameters[parameters.length - 1];
            return generic.getRawType() == List.class ? list(node, last) : map(node, last);
        }
        Class<?> plain = (Class<?>) type;
        return plain.isRecord() && !SCALARS.containsKey(plain)
                ? bind(Shape.table(node), plain.asSubclass(Record.class))
                : scalar(node, plain);
    }

    private static List<Object> list(Node node, Type type) {
        List<Object> list = new ArrayList<>();
        Shape.list(node).items().forEach(item -> list.add(value(item, type)));
        return List.copyOf(list);
    }

    private static Map<String, Object> map(Node node, Type type) {
        Map<String, Object> map = new LinkedHashMap<>();
        Shape.table(node).entries().forEach((key, below) -> map.put(key, value(below, type)));
        return Collections.unmodifiableMap(map);
    }

    private static Object scalar(Node node, Class<?> type) {
        Function<Node.Scalar, Object> parser = SCALARS.get(type);
        return Shape.value(node, parser == null ? scalar -> constant(scalar, type) : parser);
    }

    private static Object constant(Node.Scalar scalar, Class<?> type) {
        if (!type.isEnum()) {
            throw new IllegalStateException(type + " is no type for the settings of a store; see StoreProvider");
        }
        List<String> names = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            String name = ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
            if (name.equals(scalar.text())) {
                return constant;
            }
            names.add(name);
        }
        throw Problem.unknownName(scalar, "choice here", names);
    }

    /** Leaves out the cause, whose message repeats the URI, and so the password in it. */
    @SuppressWarnings("UnusedException")
    private static URI toUri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is not a URI; write scheme://host:port");
        }
    }

    private static <R extends Record> R create(Node.Table table, Class<R> type, @Nullable Object[] arguments) {
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
            constructor.trySetAccessible();
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw Problem.at(table, String.valueOf(e.getTargetException().getMessage()), e.getTargetException());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    type + " cannot be made; it must be public, in a package open to Larder", e);
        }
    }
}
