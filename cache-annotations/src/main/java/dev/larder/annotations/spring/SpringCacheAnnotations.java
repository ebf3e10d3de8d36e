package dev.larder.annotations.spring;

import dev.larder.annotations.CacheAnnotations;
import dev.larder.annotations.CacheAnnotationsCustomizer;
import dev.larder.annotations.spi.Instances;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;

/** The {@link CacheAnnotations} of an application context. */
final class SpringCacheAnnotations {

    private final BeanFactory beans;
    private volatile @Nullable CacheAnnotations built;

    SpringCacheAnnotations(BeanFactory beans) {
        this.beans = beans;
    }

    CacheAnnotations get() {
        CacheAnnotations known = built;
        return known == null ? build() : known;
    }

    private synchronized CacheAnnotations build() {
        CacheAnnotations known = built;
        if (known == null) {
            CacheAnnotations.Builder builder =
                    CacheAnnotations.builder().cacheManager(this::manager).instances(new BeanInstances(beans));
            beans.getBeanProvider(CacheAnnotationsCustomizer.class)
                    .orderedStream()
                    .forEach(customizer -> customizer.customize(builder));
            known = builder.build();
            built = known;
        }
        return known;
    }

    private CacheManager manager() {
        CacheManager bean = beans.getBeanProvider(CacheManager.class).getIfUnique();
        return bean == null ? Caching.getCachingProvider().getCacheManager() : bean;
    }

    /** Gets what annotations name as beans, and makes what is none. */
    private record BeanInstances(BeanFactory beans) implements Instances {

        @Override
        public <T> T get(Class<T> type) {
            T bean = beans.getBeanProvider(type).getIfUnique();
            return bean == null ? Instances.byConstructor().get(type) : bean;
        }
    }
}
