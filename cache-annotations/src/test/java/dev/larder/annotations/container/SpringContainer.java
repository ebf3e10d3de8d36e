package dev.larder.annotations.container;

import dev.larder.annotations.CacheAnnotationsCustomizer;
import dev.larder.annotations.spring.EnableCacheAnnotations;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Spring. */
final class SpringContainer implements Container {

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    /** Switches the annotations on; by a subclass, as the TCK asks for its beans by their class. */
    @Configuration(proxyBeanMethods = false)
    @EnableCacheAnnotations(proxyTargetClass = true)
    static class Switch {}

    SpringContainer(CacheAnnotationsCustomizer customizer, Class<?>... implementations) {
        context.register(Switch.class);
        context.registerBean(CacheAnnotationsCustomizer.class, () -> customizer);
        for (Class<?> implementation : implementations) {
            context.registerBean(implementation);
        }
        context.refresh();
    }

    @Override
    public <T> T get(Class<T> type, Class<? extends T> implementation) {
        return context.getBean(implementation);
    }

    @Override
    public void close() {
        context.close();
    }
}
