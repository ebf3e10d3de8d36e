package dev.larder.annotations.internal.method;

import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What the type variables of a class's supertypes stand for in that class. */
final class TypeVariables {

    private final Map<TypeVariable<?>, Type> meanings = new HashMap<>();

    /** Adds those of a supertype as it stands in an {@code extends} or {@code implements}. */
    void add(Type supertype) {
        if (supertype instanceof ParameterizedType parameterized
                && parameterized.getRawType() instanceof Class<?> raw) {
            TypeVariable<?>[] variables = raw.getTypeParameters();
            for (int i = 0; i < variables.length; i++) {
                meanings.put(variables[i], parameterized.getActualTypeArguments()[i]);
            }
        }
    }

    /** Returns what a type is if it is a variable that has a meaning. */
    Type meaningOf(Type type) {
        Type meaning = type;
        while (meaning instanceof TypeVariable<?> variable && meanings.containsKey(variable)) {
            meaning = meanings.get(variable);
        }
        return meaning;
    }

    /** Returns the class that a value of a type is an instance of. */
    Class<?> classOf(Type type) {
        Type meaning = meaningOf(type);
        if (meaning instanceof Class<?> plain) {
            return plain;
        }
        if (meaning instanceof ParameterizedType parameterized) {
            return classOf(parameterized.getRawType());
        }
        if (meaning instanceof GenericArrayType array) {
            return Array.newInstance(classOf(array.getGenericComponentType()), 0)
                    .getClass();
        }
        if (meaning instanceof TypeVariable<?> variable) {
            return classOf(variable.getBounds()[0]);
        }
        return meaning instanceof WildcardType wildcard ? classOf(wildcard.getUpperBounds()[0]) : Object.class;
    }

    /** Returns the name of what a value of a type is, the same for types that say the same: of the wrapper for a primitive, of its bound for a wildcard. */
    String nameOf(Type type) {
        Type meaning = meaningOf(type);
        if (meaning instanceof Class<?> plain) {
            return MethodType.methodType(plain).wrap().returnType().getTypeName();
        }
        return meaning instanceof WildcardType wildcard ? nameOf(wildcard.getUpperBounds()[0]) : nameWithin(meaning);
    }

    private String nameWithin(Type type) {
        Type meaning = meaningOf(type);
        if (meaning instanceof ParameterizedType parameterized) {
            return parameterized.getRawType().getTypeName()
                    + Arrays.stream(parameterized.getActualTypeArguments())
                            .map(this::nameWithin)
                            .collect(Collectors.joining(", ", "<", ">"));
        }
        if (meaning instanceof GenericArrayType array) {
            return nameWithin(array.getGenericComponentType()) + "[]";
        }
        return meaning instanceof WildcardType wildcard ? boundsOf(wildcard) : meaning.getTypeName();
    }

    private String boundsOf(WildcardType wildcard) {
        return wildcard.getLowerBounds().length > 0
                ? "? super " + nameWithin(wildcard.getLowerBounds()[0])
                : "? extends " + nameWithin(wildcard.getUpperBounds()[0]);
    }
}
