package dev.larder.annotations.internal.method;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.HashMap;
import java.util.Map;

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
}
