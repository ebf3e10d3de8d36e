package dev.larder.annotations.container;

import dev.larder.annotations.CacheAnnotationsCustomizer;
import dev.larder.annotations.cdi.CacheAnnotationsExtension;
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
        container = initializer()
                .addBeanClasses(implementations)
                .addExtensions(new Customizing(customizer))
                .initialize();
    }

    /** OpenWebBeans looks into every jar at each start, and takes half a minute for it in all; without discovery it wants to be told of extensions. */
    private static SeContainerInitializer initializer() {
        SeContainerInitializer usual = SeContainerInitializer.newInstance();
        return usual.getClass().getName().startsWith("org.apache.")
                ? usual.disableDiscovery().addExtensions(new CacheAnnotationsExtension())
                : usual;
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
