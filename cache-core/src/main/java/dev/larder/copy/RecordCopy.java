package dev.larder.copy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Copies records: a new one is made through the canonical constructor if a component needed copying, otherwise the
 * record is shared. Components are read from their fields, because an accessor may show a copy of what the record holds.
 */
final class RecordCopy {

    static final Strategy STRATEGY = RecordCopy::copy;

    private static final MethodType READER = MethodType.methodType(Object.class, Object.class);
    private static final MethodType MAKER = MethodType.methodType(Object.class, Object[].class);

    /**
     * For each record class a handle that reads a component, in order, and at the end one that calls the constructor;
     * empty if the record's module does not let us in. Made of JDK types only; see {@link Strategies}.
     */
    private static final ClassValue<MethodHandle[]> HANDLES = new ClassValue<>() {
        @Override
        protected MethodHandle[] computeValue(Class<?> type) {
            return handlesOf(type);
        }
    };

    private RecordCopy() {}

    static boolean canCopy(Class<?> type) {
        return HANDLES.get(type).length > 0;
    }

    private static Object copy(Object record, GraphCopy graph) {
        MethodHandle[] handles = HANDLES.get(record.getClass());
        @Nullable Object[] parts = read(record, handles);
        return graph.copyAll(parts) ? make(record.getClass(), handles, parts) : record;
    }

    /** Returns the record's components. */
    static @Nullable Object[] partsOf(Object record) {
        return read(record, HANDLES.get(record.getClass()));
    }

    /** Makes a record of the components. */
    static Object make(Class<?> type, @Nullable Object[] parts) {
        return make(type, HANDLES.get(type), parts);
    }

    private static @Nullable Object[] read(Object record, MethodHandle[] handles) {
        @Nullable Object[] parts = new Object[handles.length - 1];
        try {
            for (int i = 0; i < parts.length; i++) {
                parts[i] = (Object) handles[i].invokeExact(record);
            }
        } catch (Throwable impossible) {
            throw new AssertionError("a field could not be read", impossible);
        }
        return parts;
    }

    private static Object make(Class<?> type, MethodHandle[] handles, @Nullable Object[] parts) {
        try {
            return (Object) handles[parts.length].invokeExact(parts);
        } catch (Error error) {
            throw error;
        } catch (Throwable refusal) {
            throw new CopyException(
                    "record " + type.getName() + " does not accept a copy of its own components", refusal);
        }
    }

    private static MethodHandle[] handlesOf(Class<?> type) {
        try {
            Constructor<?> constructor = canonicalConstructor(type);
            Field[] fields = fieldsOf(type);
            boolean open =
                    constructor.trySetAccessible() && Arrays.stream(fields).allMatch(Field::trySetAccessible);
            return open ? handlesOf(fields, constructor) : new MethodHandle[0];
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError("not a record: " + type, impossible);
        }
    }

    private static MethodHandle[] handlesOf(Field[] fields, Constructor<?> constructor) throws IllegalAccessException {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        MethodHandle[] handles = new MethodHandle[fields.length + 1];
        for (int i = 0; i < fields.length; i++) {
            handles[i] = lookup.unreflectGetter(fields[i]).asType(READER);
        }
        handles[fields.length] = lookup.unreflectConstructor(constructor)
                .asSpreader(Object[].class, fields.length)
                .asType(MAKER);
        return handles;
    }

    private static Field[] fieldsOf(Class<?> type) throws NoSuchFieldException {
        RecordComponent[] components = type.getRecordComponents();
        Field[] fields = new Field[components.length];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = type.getDeclaredField(components[i].getName());
        }
        return fields;
    }

    private static Constructor<?> canonicalConstructor(Class<?> type) throws NoSuchMethodException {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        return type.getDeclaredConstructor(types);
    }
}
