package dev.larder.annotations.internal.run;

import dev.larder.annotations.internal.method.MethodModel;
import dev.larder.annotations.internal.method.ParameterModel;
import dev.larder.annotations.spi.Invoker;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import javax.cache.annotation.CacheInvocationParameter;
import javax.cache.annotation.CacheKeyInvocationContext;
import org.jspecify.annotations.Nullable;

/** A call that was intercepted, as key generators and cache resolvers see it. */
final class Call implements CacheKeyInvocationContext<Annotation> {

    private final MethodModel method;
    private final Object target;
    private final @Nullable Object[] arguments;
    private final Invoker invoker;

    Call(MethodModel method, Object target, @Nullable Object[] arguments, Invoker invoker) {
        this.method = method;
        this.target = target;
        this.arguments = arguments;
        this.invoker = invoker;
    }

    /** A parameter with what was given for it. */
    private record Argument(
            ParameterModel parameter, @Nullable Object value) implements CacheInvocationParameter {

        @Override
        public Class<?> getRawType() {
            return parameter.type();
        }

        @Override
        public @Nullable Object getValue() {
            return value;
        }

        @Override
        public Set<Annotation> getAnnotations() {
            return parameter.annotations();
        }

        @Override
        public int getParameterPosition() {
            return parameter.position();
        }
    }

    /** Calls the method. */
    @Nullable
    Object proceed() throws Throwable {
        return invoker.invoke(target, arguments);
    }

    /** Returns the arguments themselves. */
    @Nullable
    Object[] arguments() {
        return arguments;
    }

    @Nullable
    Object argument(ParameterModel parameter) {
        return arguments[parameter.position()];
    }

    @Override
    public Object getTarget() {
        return target;
    }

    @Override
    public CacheInvocationParameter[] getAllParameters() {
        return arguments(method.parameters());
    }

    @Override
    public CacheInvocationParameter[] getKeyParameters() {
        return arguments(method.keyParameters());
    }

    @Override
    public @Nullable CacheInvocationParameter getValueParameter() {
        ParameterModel value = method.valueParameter();
        return value == null ? null : new Argument(value, argument(value));
    }

    private CacheInvocationParameter[] arguments(List<ParameterModel> parameters) {
        return parameters.stream()
                .map(parameter -> new Argument(parameter, argument(parameter)))
                .toArray(CacheInvocationParameter[]::new);
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new IllegalArgumentException("a call of " + method.getMethod() + " is no " + type.getName());
    }

    @Override
    public Method getMethod() {
        return method.getMethod();
    }

    @Override
    public Set<Annotation> getAnnotations() {
        return method.getAnnotations();
    }

    @Override
    public Annotation getCacheAnnotation() {
        return method.getCacheAnnotation();
    }

    @Override
    public String getCacheName() {
        return method.getCacheName();
    }
}
