package dev.larder.examples.annotations;

import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.larder.annotations.guice.CacheAnnotationsModule;
import javax.cache.CacheManager;
import javax.cache.Caching;

/** The annotations in Guice: a module more. */
public final class GuiceExample {

    private GuiceExample() {}

    /** Runs it. */
    public static void main(String[] args) {
        try (CacheManager caches = Caching.getCachingProvider().getCacheManager()) {
            Injector injector = Guice.createInjector(
                    new CacheAnnotationsModule(),
                    binder -> binder.bind(CacheManager.class).toInstance(caches),
                    binder -> binder.bind(Forecasts.class).to(ForecastService.class));
            Week.spendWith(injector.getInstance(Forecasts.class));
        }
    }
}
