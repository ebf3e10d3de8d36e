package dev.larder.annotations.container;

import dev.larder.annotations.CacheAnnotationsCustomizer;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;

/** Weld or OpenWebBeans, whichever is on the class path. */
final class CdiContainer implements Container {

    private final SeContainer container;

    CdiContainer(CacheAnnotationsCustomizer customizer, Class<?>... implementations) {
        container = SeContainerInitializer.newInstance()
                .addBeanClasses(implementations)
                .addExtensions(new Customizing(customizer))
                .initialize();
    }

    @Override
    public <T> T get(Class<T> type, Class<? extends T> implementation) {
        return container.select(implementation).get();
    }

    @Override
    public void close() {
        container.close();
    }

    /** Adds the customizer as a bean. */
    static final class Customizing implements Extension {

        private final CacheAnnotationsCustomizer customizer;

        Customizing(CacheAnnotationsCustomizer customizer) {
            this.customizer = customizer;
        }

        void add(@Observes AfterBeanDiscovery event) {
            event.addBean()
                    .beanClass(CacheAnnotationsCustomizer.class)
                    .types(CacheAnnotationsCustomizer.class, Object.class)
                    .scope(Dependent.class)
                    .createWith(context -> customizer);
        }
    }
}
