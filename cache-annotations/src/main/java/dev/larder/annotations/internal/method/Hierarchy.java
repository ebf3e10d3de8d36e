package dev.larder.annotations.internal.method;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A class with all above it, in the order in which annotations are looked for: the class, its superclasses, and then the interfaces, those nearer to the
 * class first.
 */
final class Hierarchy {

    private final Set<Class<?>> types = new LinkedHashSet<>();
    private final TypeVariables variables = new TypeVariables();

    /** A name and the classes of the parameters, as the class at the bottom has them. */
    private record Signature(String name, List<Class<?>> parameters) {}

    Hierarchy(Class<?> bottom) {
        List<Class<?>> level = new ArrayList<>();
        for (Class<?> type = bottom; type != null && type != Object.class; type = type.getSuperclass()) {
            level.add(type);
            if (!type.isSynthetic()) { // not a container's subclass: it repeats annotations, but not all of them
                types.add(type);
            }
            if (type.getGenericSuperclass() != null) {
                variables.add(type.getGenericSuperclass());
            }
        }
        while (!level.isEmpty()) {
            level = interfacesOf(level);
            types.addAll(level);
        }
    }

    private List<Class<?>> interfacesOf(List<Class<?>> level) {
        List<Class<?>> above = new ArrayList<>();
        for (Class<?> type : level) {
            Arrays.stream(type.getGenericInterfaces()).forEach(variables::add);
            above.addAll(Arrays.asList(type.getInterfaces()));
        }
        return above;
    }

    Set<Class<?>> types() {
        return types;
    }

    TypeVariables variables() {
        return variables;
    }

    /** Returns the method and what it overrides or implements, in the order of the types; no bridges are among them. */
    List<Method> declarationsOf(Method method) {
        Signature signature = signatureOf(method.isBridge() ? bridgedBy(method) : method);
        List<Method> declarations = new ArrayList<>();
        for (Class<?> type : types) {
            for (Method declared : type.getDeclaredMethods()) {
                if (isLike(declared, method) && signatureOf(declared).equals(signature)) {
                    declarations.add(declared);
                }
            }
        }
        return declarations;
    }

    /** A bridge has the erased parameters of the method above that it is for; that method's own, with variables, lead back to the class. */
    private Method bridgedBy(Method bridge) {
        for (Class<?> type : types) {
            for (Method declared : type.getDeclaredMethods()) {
                if (isLike(declared, bridge)
                        && Arrays.equals(declared.getParameterTypes(), bridge.getParameterTypes())) {
                    return declared;
                }
            }
        }
        return bridge;
    }

    private static boolean isLike(Method declared, Method method) {
        return declared.getName().equals(method.getName())
                && declared.getParameterCount() == method.getParameterCount()
                && !declared.isBridge()
                && !Modifier.isStatic(declared.getModifiers())
                && (!Modifier.isPrivate(declared.getModifiers()) || declared.equals(method));
    }

    private Signature signatureOf(Method method) {
        List<Class<?>> parameters = new ArrayList<>();
        for (Type parameter : method.getGenericParameterTypes()) {
            parameters.add(variables.classOf(parameter));
        }
        return new Signature(method.getName(), parameters);
    }
}
