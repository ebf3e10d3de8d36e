package dev.larder.examples.annotations;

import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import javax.cache.Caching;

/** The annotations in CDI: the jar on the class path is enough. */
public final class CdiExample {

    private CdiExample() {}

    /** Runs it. */
    public static void main(String[] args) {
        try (SeContainer container = SeContainerInitializer.newInstance()
                .addBeanClasses(ForecastService.class)
                .initialize()) {
            Week.spendWith(container.select(ForecastService.class).get());
        } finally {
            Caching.getCachingProvider().close();
        }
    }
}
