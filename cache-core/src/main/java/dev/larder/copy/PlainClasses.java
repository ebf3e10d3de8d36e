package dev.larder.copy;

import java.io.Externalizable;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells <em>plain</em> Serializable classes from others. The serialised form of a plain class is its fields and nothing
 * else, neither it nor a superclass has a say in it, and we can read and write those fields; so that copying them is the
 * same as writing and reading an object.
 */
final class PlainClasses {

    private static final String NOT_OPEN = "is not open to the module dev.larder.core";

    /**
     * The methods by which a class takes part in serialisation, with their parameters. Which of them serialisation would
     * call also depends on modifiers and results; here any one is enough.
     */
    private static final Map<String, List<Class<?>>> HOOKS = Map.of(
            "writeObject", List.of(ObjectOutputStream.class),
            "readObject", List.of(ObjectInputStream.class),
            "readObjectNoData", List.of(),
            "writeReplace", List.of(),
            "readResolve", List.of());

    private PlainClasses() {}

    /** Returns why a Serializable class is not plain, as the end of a sentence, or null if it is. */
    static @Nullable String objectionTo(Class<?> type) {
        try {
            String objection = objectionToKind(type);
            objection = objection == null ? objectionToHooks(type) : objection;
            objection = objection == null ? objectionToFields(type) : objection;
            return objection == null ? objectionToMaking(type) : objection;
        } catch (LinkageError missing) {
            return "a class that it names is missing"; // which serialisation may or may not stumble over
        }
    }

    private static @Nullable String objectionToKind(Class<?> type) {
        if (type.isHidden() || Proxy.isProxyClass(type)) {
            return "it was made at run time";
        }
        if (type.isRecord()) {
            return "it is a record, and " + NOT_OPEN; // an open one is copied in another way
        }
        return Externalizable.class.isAssignableFrom(type) ? "it is Externalizable" : null;
    }

    private static @Nullable String objectionToHooks(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (Method method : each.getDeclaredMethods()) {
                if (isHook(method)) {
                    return each.getName() + " has a " + method.getName() + " method";
                }
            }
            if (declaresItsOwnFields(each)) {
                return each.getName() + " has serialPersistentFields";
            }
        }
        return null;
    }

    private static boolean isHook(Method method) {
        return List.of(method.getParameterTypes()).equals(HOOKS.get(method.getName()));
    }

    private static boolean declaresItsOwnFields(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                .anyMatch(field -> field.getName().equals("serialPersistentFields"));
    }

    private static @Nullable String objectionToFields(Class<?> type) {
        for (Field field : SerialFields.of(type)) {
            String name = field.getDeclaringClass().getName() + "." + field.getName();
            if (Modifier.isFinal(field.getModifiers())) {
                return name + " is final";
            }
            if (!field.trySetAccessible()) {
                return name + " " + NOT_OPEN;
            }
        }
        return null;
    }

    private static @Nullable String objectionToMaking(Class<?> type) {
        if (!SerialConstructors.areToBeHad()) {
            return "the module jdk.unsupported is missing";
        }
        return SerialConstructors.exist(type) ? null : "it lacks the constructor that serialisation needs";
    }
}
