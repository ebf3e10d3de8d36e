package dev.larder.annotations.container;

import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.larder.annotations.CacheAnnotationsCustomizer;
import dev.larder.annotations.guice.CacheAnnotationsModule;

/** Guice. */
final class GuiceContainer implements Container {

    private final Injector injector;

    GuiceContainer(CacheAnnotationsCustomizer customizer) {
        injector = Guice.createInjector(new CacheAnnotationsModule(customizer));
    }

    @Override
    public <T> T get(Class<T> type, Class<? extends T> implementation) {
        return injector.getInstance(implementation);
    }

    @Override
    public void close() {}
}
