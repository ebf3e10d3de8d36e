package dev.larder.annotations.internal.run;

import dev.larder.annotations.internal.method.MethodModel;
import dev.larder.annotations.internal.method.ParameterModel;
import dev.larder.annotations.key.ParametersKey;
import java.util.List;
import javax.cache.annotation.CacheKeyGenerator;
import org.jspecify.annotations.Nullable;

/** Makes the keys of a method's calls. */
@FunctionalInterface
interface Keys {

    /** Returns that of a call. */
    Object of(Call call);

    /**
     * Returns what makes them for a method.
     *
     * @param generator the one that the method names, or null
     * @param bare whether the only key parameter is the key itself
     */
    static Keys of(MethodModel method, @Nullable CacheKeyGenerator generator, boolean bare) {
        if (generator != null) {
            return generator::generateCacheKey;
        }
        List<ParameterModel> parameters = method.keyParameters();
        if (bare && parameters.size() == 1) {
            return bare(parameters.get(0));
        }
        return parameters.size() == method.parameters().size()
                ? call -> ParametersKey.of(call.arguments())
                : selected(parameters);
    }

    private static Keys bare(ParameterModel parameter) {
        return call -> {
            Object argument = call.argument(parameter);
            // null cannot be a key, and an array is none that another array equals
            return argument == null || argument.getClass().isArray()
                    ? ParametersKey.of(new Object[] {argument})
                    : argument;
        };
    }

    private static Keys selected(List<ParameterModel> parameters) {
        ParameterModel[] selected = parameters.toArray(ParameterModel[]::new);
        return call -> {
            @Nullable Object[] values = new Object[selected.length];
            for (int i = 0; i < selected.length; i++) {
                values[i] = call.argument(selected[i]);
            }
            return ParametersKey.of(values);
        };
    }
}
