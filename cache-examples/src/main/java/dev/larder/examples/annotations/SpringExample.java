package dev.larder.examples.annotations;

import dev.larder.annotations.CacheAnnotationsCustomizer;
import dev.larder.annotations.spring.EnableCacheAnnotations;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The annotations in Spring: one of Spring's kind at a configuration. */
public final class SpringExample {

    private SpringExample() {}

    /** The configuration. */
    @Configuration(proxyBeanMethods = false)
    @EnableCacheAnnotations
    public static class Application {

        /** Returns whose caches the annotations name; closed with the context. */
        @Bean
        public CacheManager cacheManager() {
            return Caching.getCachingProvider().getCacheManager();
        }

        /** Says how they are obeyed. */
        @Bean
        public CacheAnnotationsCustomizer cacheAnnotationsCustomizer() {
            return annotations -> annotations.bareKeys(true);
        }

        /** Returns the bean with annotations. */
        @Bean
        public Forecasts forecasts() {
            return new ForecastService();
        }
    }

    /** Runs it. */
    public static void main(String[] args) {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Application.class)) {
            Week.spendWith(context.getBean(Forecasts.class));
        }
    }
}
