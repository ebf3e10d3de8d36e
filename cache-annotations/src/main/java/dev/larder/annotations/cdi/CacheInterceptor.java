package dev.larder.annotations.cdi;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serial;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Obeys the annotations of JSR-107. It comes before the interceptors of applications, as what is cached needs none of them, and before that of {@code @Transactional} ({@code PLATFORM_BEFORE + 200}), as the cache is to be
 * changed when the change of the source has been committed.
 */
@Interceptor
@CacheIntercepted
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 100)
public class CacheInterceptor implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    // beans that are passivated take their interceptors along; what is injected is a client proxy, which can be written
    @SuppressWarnings("serial")
    private final CdiCacheAnnotations annotations;

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
