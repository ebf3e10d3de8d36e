package dev.larder.annotations.internal.run;

import dev.larder.annotations.internal.method.Kind;
import dev.larder.annotations.internal.method.MethodModel;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What is stored in each cache: in strict mode the same type by all methods. */
final class StoredTypes {

    private final ConcurrentMap<String, MethodModel> first = new ConcurrentHashMap<>();

    /**
     * Notes what a method stores.
     *
     * @throws IllegalArgumentException if another one stores something else in the same cache
     */
    void add(MethodModel method) {
        if (method.rule().kind() != Kind.RESULT && method.rule().kind() != Kind.PUT) {
            return;
        }
        MethodModel other = first.putIfAbsent(method.getCacheName(), method);
        if (other != null && !other.stored().equals(method.stored())) {
            throw new IllegalArgumentException("cache \"" + method.getCacheName() + "\" would hold "
                    + other.stored() + " by " + other.getMethod() + " and " + method.stored() + " by "
                    + method.getMethod() + "; give one of them another cache");
        }
    }
}
