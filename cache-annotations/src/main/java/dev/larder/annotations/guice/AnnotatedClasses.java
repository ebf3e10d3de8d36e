package dev.larder.annotations.guice;

import com.google.inject.matcher.Matcher;
import dev.larder.annotations.CacheAnnotations;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Matches classes with an annotation in them or above, and then their methods. Guice asks about a method without saying in which class, which matters where an annotation stands in an interface; so the
 * classes are remembered. A method that is one too many is called without more.
 */
final class AnnotatedClasses implements Matcher<Class<?>> {

    private final CacheAnnotations annotations;
    private final Set<Class<?>> matched = ConcurrentHashMap.newKeySet();

    AnnotatedClasses(CacheAnnotations annotations) {
        this.annotations = annotations;
    }

    @Override
    public boolean matches(Class<?> type) {
        if (matched.contains(type)) {
            return true;
        }
        if (!CacheAnnotations.concerns(type)) {
            return false;
        }
        annotations.prepare(type, true);
        matched.add(type);
        return true;
    }

    Matcher<Method> methods() {
        return new Matcher<>() {
            @Override
            public boolean matches(Method method) {
                return !method.isSynthetic()
                        && matched.stream()
                                .anyMatch(type -> method.getDeclaringClass().isAssignableFrom(type)
                                        && CacheAnnotations.intercepts(type, method));
            }
        };
    }
}
