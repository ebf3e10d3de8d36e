package dev.larder.annotations.cdi;

import dev.larder.annotations.CacheAnnotations;
import dev.larder.annotations.CacheAnnotationsCustomizer;
import dev.larder.annotations.spi.Instances;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import javax.cache.CacheManager;
import javax.cache.Caching;

/**
 * The {@link CacheAnnotations} of an application: over its bean of type {@link CacheManager} if there is just one, else over that of the default provider, and as its beans of type
 * {@link CacheAnnotationsCustomizer} say.
 */
@ApplicationScoped
public class CdiCacheAnnotations {

    private final CacheAnnotations annotations;

    /** For the container, which proxies this. */
    protected CdiCacheAnnotations() {
        annotations = CacheAnnotations.standard();
    }

    /** For the container. */
    @Inject
    public CdiCacheAnnotations(
            Instance<CacheManager> managers,
            @Any Instance<CacheAnnotationsCustomizer> customizers,
            @Any Instance<Object> beans) {
        CacheAnnotations.Builder builder = CacheAnnotations.builder()
                .cacheManager(() -> managers.isResolvable()
                        ? managers.get()
                        : Caching.getCachingProvider().getCacheManager())
                .instances(new BeanInstances(beans));
        customizers.forEach(customizer -> customizer.customize(builder));
        annotations = builder.build();
    }

    /** In CDI Lite looks at the beans that were found; what is refused ends the start. In CDI Full the extension has done so. */
    static void check(
            @Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) Startup event,
            Instance<AnnotatedBeans> found,
            Instance<CdiCacheAnnotations> annotations) {
        if (found.isResolvable()) {
            found.get().types().forEach(type -> annotations.get().get().prepare(type, true));
        }
    }

    /** Returns it. */
    public CacheAnnotations get() {
        return annotations;
    }

    /** Gets what annotations name as beans, and makes what is none. */
    private record BeanInstances(Instance<Object> beans) implements Instances {

        @Override
        public <T> T get(Class<T> type) {
            Instance<T> bean = beans.select(type);
            return bean.isResolvable() ? bean.get() : Instances.byConstructor().get(type);
        }
    }
}
