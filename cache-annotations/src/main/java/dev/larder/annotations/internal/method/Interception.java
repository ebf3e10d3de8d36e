package dev.larder.annotations.internal.method;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Which methods can be intercepted, and what stands at others in vain. */
public sealed interface Interception {

    /** By a subclass: what is neither private nor static nor final, in a class that is not final. */
    static Interception bySubclass() {
        return new BySubclass();
    }

    /** By a proxy of the interfaces: what is in one of them. */
    static Interception byInterfaces() {
        return new ByInterface(type -> true, "no interface has it");
    }

    /** By a proxy of one interface: what that has, be it from others above it. */
    static Interception byInterface(Class<?> proxied) {
        return new ByInterface(
                type -> type.isAssignableFrom(proxied), "the proxy's " + proxied.getName() + " does not have it");
    }

    /** Whether it intercepts a method of a class. */
    boolean reaches(Class<?> type, Method method);

    /** Returns why not, for a method that is neither private nor static. */
    String reasonOf(Class<?> type, Method method);

    /** Returns the methods of a class, inherited ones too, that can be intercepted. */
    default List<Method> methods(Class<?> type) {
        return all(type)
                .filter(method -> !method.isBridge() && reaches(type, method))
                .toList();
    }

    /** Returns a message for each annotation of a class that has no effect. */
    default List<String> withoutEffect(Class<?> type) {
        List<String> messages = new ArrayList<>();
        all(type)
                .filter(method -> !method.isBridge() && !reaches(type, method) && isAnnotated(type, method))
                .forEach(method ->
                        messages.add(method + " is annotated and cannot be intercepted because " + why(type, method)));
        return messages;
    }

    private String why(Class<?> type, Method method) {
        if (Modifier.isPrivate(method.getModifiers())) {
            return "it is private";
        }
        return Modifier.isStatic(method.getModifiers()) ? "it is static" : reasonOf(type, method);
    }

    /** Whether it is, and is not overridden by one that says the same of both. */
    private static boolean isAnnotated(Class<?> type, Method method) {
        if (!isInstanceMethod(method)) {
            return Rule.of(method) != null;
        }
        return new Hierarchy(type).declarationsOf(method).indexOf(method) == 0
                && MethodModels.find(type, method) != null;
    }

    private static boolean isInstanceMethod(Method method) {
        return !Modifier.isStatic(method.getModifiers()) && !Modifier.isPrivate(method.getModifiers());
    }

    private static Stream<Method> all(Class<?> type) {
        return new Hierarchy(type).types().stream().flatMap(each -> Arrays.stream(each.getDeclaredMethods()));
    }

    /** By a subclass. */
    record BySubclass() implements Interception {

        @Override
        public boolean reaches(Class<?> type, Method method) {
            return isInstanceMethod(method)
                    && !Modifier.isFinal(method.getModifiers())
                    && !Modifier.isFinal(type.getModifiers());
        }

        @Override
        public String reasonOf(Class<?> type, Method method) {
            return Modifier.isFinal(method.getModifiers()) ? "it is final" : type.getName() + " is final";
        }
    }

    /**
     * By a proxy.
     *
     * @param proxied which interfaces it has
     * @param reason why it does not have a method
     */
    record ByInterface(Predicate<Class<?>> proxied, String reason) implements Interception {

        @Override
        public boolean reaches(Class<?> type, Method method) {
            return isInstanceMethod(method)
                    && new Hierarchy(type)
                            .declarationsOf(method).stream()
                                    .map(Method::getDeclaringClass)
                                    .anyMatch(each -> each.isInterface() && proxied.test(each));
        }

        @Override
        public String reasonOf(Class<?> type, Method method) {
            return reason;
        }
    }
}
