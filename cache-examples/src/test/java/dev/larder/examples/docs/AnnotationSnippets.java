package dev.larder.examples.docs;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import dev.larder.annotations.CachedProxy;
import dev.larder.annotations.extra.Tags;
import dev.larder.annotations.extra.Ttl;
import dev.larder.annotations.guice.CacheAnnotationsModule;
import dev.larder.annotations.key.ParametersKey;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.annotation.CacheResult;

/** The Java of {@code docs/annotations.md}; see {@link Snippets}. */
final class AnnotationSnippets {

    private AnnotationSnippets() {}

    record Forecast(String city, int degrees) {}

    record Rate(String currency, int number) {}

    // snippet: docs/annotations.md
    interface Weather {
        @CacheResult(cacheName = "forecasts")
        Forecast forecast(String city);
    }
    // end

    static class WeatherService implements Weather {

        private int asked;

        @Override
        public Forecast forecast(String city) {
            return new Forecast(city, asked++);
        }
    }

    static Weather plain() {
        // snippet: docs/annotations.md
        Weather weather = CachedProxy.of(Weather.class, new WeatherService());
        // end
        return weather;
    }

    static Injector guice(Module application) {
        // snippet: docs/annotations.md
        Injector injector = Guice.createInjector(new CacheAnnotationsModule(), application);
        // end
        return injector;
    }

    static List<Object> keys(Cache<Object, Object> cache, Object key) {
        // snippet: docs/annotations.md
        cache.remove(ParametersKey.of("berlin", 2026));
        List<Object> parameters = ((ParametersKey) key).parameters(); // in a loader or listener
        // end
        return parameters;
    }

    interface Rates {
        // snippet: docs/annotations.md
        @CacheResult(cacheName = "rates")
        @Ttl(value = 5, unit = TimeUnit.MINUTES)
        @Tags({"rates", "currency:{0}"})
        Rate rate(String currency);
        // end
    }
}
