package dev.larder.annotations.container;

import dev.larder.annotations.CacheAnnotations;
import dev.larder.annotations.CacheAnnotationsCustomizer;
import dev.larder.annotations.CachedProxy;
import dev.larder.annotations.spi.Instances;

/** No container: a proxy. */
final class ProxyContainer implements Container {

    private final CacheAnnotations annotations;

    ProxyContainer(CacheAnnotationsCustomizer customizer) {
        CacheAnnotations.Builder builder = CacheAnnotations.builder();
        customizer.customize(builder);
        annotations = builder.build();
    }

    @Override
    public <T> T get(Class<T> type, Class<? extends T> implementation) {
        return CachedProxy.of(type, Instances.byConstructor().get(implementation), annotations);
    }

    @Override
    public void close() {}
}
