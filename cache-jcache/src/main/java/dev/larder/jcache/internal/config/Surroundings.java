package dev.larder.jcache.internal.config;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration file may take from outside.
 *
 * @param variables the environment variables
 * @param properties gives a system property, or null
 */
record Surroundings(Map<String, String> variables, Function<String, @Nullable String> properties) {

    static Surroundings ofThisProcess() {
        return new Surroundings(System.getenv(), System::getProperty);
    }
}
