package dev.larder.annotations.cdi;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serial;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Obeys the annotations of JSR-107. It comes before the interceptors of applications: what is cached needs none of them. */
@Interceptor
@CacheIntercepted
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
public class CacheInterceptor implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    // beans that are passivated take their interceptors along; this one is injected again
    private final transient CdiCacheAnnotations annotations;

    /** For the container. */
    @Inject
    public CacheInterceptor(CdiCacheAnnotations annotations) {
        this.annotations = annotations;
    }

    /** Does what the annotation of the method says. */
    @AroundInvoke
    public @Nullable Object around(InvocationContext context) throws Throwable {
        Object target = context.getTarget();
        return annotations
                .get()
                .invoke(
                        target.getClass(),
                        context.getMethod(),
                        target,
                        context.getParameters().clone(),
                        (same, arguments) -> context.proceed());
    }
}
