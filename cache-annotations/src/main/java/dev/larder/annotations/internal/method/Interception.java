package dev.larder.annotations.internal.method;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Which methods can be intercepted, and what stands at others in vain. */
public enum Interception {
    /** By a subclass: what is neither private nor static nor final, in a class that is not final. */
    BY_SUBCLASS {
        @Override
        public boolean reaches(Class<?> type, Method method) {
            return isOverridable(method) && !Modifier.isFinal(type.getModifiers());
        }
    },
    /** By a proxy of the interfaces: what is in one of them. */
    BY_INTERFACE {
        @Override
        public boolean reaches(Class<?> type, Method method) {
            return isInstanceMethod(method)
                    && new Hierarchy(type)
                            .declarationsOf(method).stream()
                                    .anyMatch(each -> each.getDeclaringClass().isInterface());
        }
    };

    /** Whether it intercepts a method of a class. */
    public abstract boolean reaches(Class<?> type, Method method);

    /** Returns the methods of a class, inherited ones too, that can be intercepted. */
    public List<Method> methods(Class<?> type) {
        return all(type)
                .filter(method -> !method.isBridge() && reaches(type, method))
                .toList();
    }

    /** Returns a message for each annotation of a class that has no effect. */
    public List<String> withoutEffect(Class<?> type) {
        List<String> messages = new ArrayList<>();
        all(type)
                .filter(method -> !method.isBridge() && !reaches(type, method) && isAnnotated(type, method))
                .forEach(method ->
                        messages.add(method + " is annotated and cannot be intercepted " + reasonOf(type, method)));
        return messages;
    }

    private String reasonOf(Class<?> type, Method method) {
        int modifiers = method.getModifiers();
        if (Modifier.isPrivate(modifiers)) {
            return "because it is private";
        }
        if (Modifier.isStatic(modifiers)) {
            return "because it is static";
        }
        if (this == BY_INTERFACE) {
            return "because no interface has it";
        }
        return Modifier.isFinal(modifiers) ? "because it is final" : "because " + type.getName() + " is final";
    }

    private static boolean isAnnotated(Class<?> type, Method method) {
        return isInstanceMethod(method) ? MethodModels.find(type, method) != null : Rule.of(method) != null;
    }

    private static boolean isInstanceMethod(Method method) {
        return !Modifier.isStatic(method.getModifiers()) && !Modifier.isPrivate(method.getModifiers());
    }

    private static boolean isOverridable(Method method) {
        return isInstanceMethod(method) && !Modifier.isFinal(method.getModifiers());
    }

    private static Stream<Method> all(Class<?> type) {
        return new Hierarchy(type).types().stream().flatMap(each -> Arrays.stream(each.getDeclaredMethods()));
    }
}
