package dev.larder.annotations.guice;

import com.google.inject.AbstractModule;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Provider;
import dev.larder.annotations.CacheAnnotations;
import dev.larder.annotations.CacheAnnotationsCustomizer;
import dev.larder.annotations.spi.Instances;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.aopalliance.intercept.MethodInterceptor;

/**
 * Puts the annotations of JSR-107 in force in Guice: at methods, classes and interfaces of whatever Guice makes by a constructor.
 *
 * <pre>{@code
 * Injector injector = Guice.createInjector(new CacheAnnotationsModule(), new WeatherModule());
 * }</pre>
 *
 * <p>The caches are those of the {@link CacheManager} that is bound, else those of the default provider. As always in Guice, final, private and static methods are not intercepted.
 */
public final class CacheAnnotationsModule extends AbstractModule {

    private final CacheAnnotationsCustomizer customizer;

    /** Creates it with all as it is unless told otherwise. */
    public CacheAnnotationsModule() {
        this(builder -> {});
    }

    /** Creates it with what an application says. */
    public CacheAnnotationsModule(CacheAnnotationsCustomizer customizer) {
        this.customizer = customizer;
    }

    @Override
    protected void configure() {
        Provider<Injector> injector = getProvider(Injector.class);
        CacheAnnotations.Builder builder = CacheAnnotations.builder()
                .cacheManager(() -> managerOf(injector.get()))
                .instances(new Instances() {
                    @Override
                    public <T> T get(Class<T> type) {
                        return injector.get().getInstance(type);
                    }
                });
        customizer.customize(builder);
        bindInterceptors(builder.build());
    }

    private void bindInterceptors(CacheAnnotations annotations) {
        AnnotatedClasses classes = new AnnotatedClasses(annotations);
        MethodInterceptor interceptor = new CacheInterceptor(annotations);
        bindInterceptor(classes, classes.methods(), interceptor);
    }

    private static CacheManager managerOf(Injector injector) {
        var binding = injector.getExistingBinding(Key.get(CacheManager.class));
        return binding == null
                ? Caching.getCachingProvider().getCacheManager()
                : binding.getProvider().get();
    }
}
