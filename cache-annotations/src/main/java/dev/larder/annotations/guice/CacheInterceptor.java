package dev.larder.annotations.guice;

import dev.larder.annotations.CacheAnnotations;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** Obeys the annotation of a method that Guice intercepts. */
record CacheInterceptor(CacheAnnotations annotations) implements MethodInterceptor {

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Object target = invocation.getThis();
        return annotations.invoke(
                target.getClass(),
                invocation.getMethod(),
                target,
                invocation.getArguments().clone(),
                (same, arguments) -> invocation.proceed());
    }
}
