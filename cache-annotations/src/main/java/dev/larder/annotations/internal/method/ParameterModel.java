package dev.larder.annotations.internal.method;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheValue;

/**
 * A parameter.
 *
 * @param position counted from zero
 */
public record ParameterModel(int position, Class<?> type, Set<Annotation> annotations) {

    static List<ParameterModel> of(Method method) {
        List<ParameterModel> parameters = new ArrayList<>();
        Annotation[][] annotations = method.getParameterAnnotations();
        Class<?>[] types = method.getParameterTypes();
        for (int i = 0; i < types.length; i++) {
            Set<Annotation> own = new LinkedHashSet<>(List.of(annotations[i]));
            parameters.add(new ParameterModel(i, types[i], Set.copyOf(own)));
        }
        return List.copyOf(parameters);
    }

    boolean isKey() {
        return has(CacheKey.class);
    }

    boolean isValue() {
        return has(CacheValue.class);
    }

    private boolean has(Class<? extends Annotation> type) {
        return annotations.stream().anyMatch(type::isInstance);
    }
}
