package dev.larder.jcache.internal.config;

import dev.larder.jcache.CacheSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;

/** A configuration in the text of a test, with surroundings of the test's own. */
final class ConfigurationText {

    static final ClassLoader LOADER = ConfigurationText.class.getClassLoader();

    private final String name;
    private final String text;
    private final Map<String, String> variables = new TreeMap<>();
    private final Map<String, String> properties = new TreeMap<>();

    private ConfigurationText(String name, String text) {
        this.name = name;
        this.text = text;
    }

    static ConfigurationText json(String text) {
        return new ConfigurationText("larder.json", text);
    }

    static ConfigurationText yaml(String text) {
        return new ConfigurationText("larder.yaml", text);
    }

    ConfigurationText variable(String key, String value) {
        variables.put(key, value);
        return this;
    }

    ConfigurationText property(String key, String value) {
        properties.put(key, value);
        return this;
    }

    FileConfiguration read() {
        try {
            Path directory = Files.createTempDirectory("larder");
            Path file = Files.writeString(directory.resolve(name), text);
            try {
                return FileConfiguration.read(
                        new ConfigurationFile(name, file.toUri().toURL()),
                        LOADER,
                        new Surroundings(variables, properties::get));
            } finally {
                Files.delete(file);
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the settings of a cache whose code says nothing. */
    CacheSettings<Object, Object> settingsOf(String cacheName) {
        return settingsOf(cacheName, new MutableConfiguration<>());
    }

    <K, V> CacheSettings<K, V> settingsOf(String cacheName, Configuration<K, V> asked) {
        return read().settingsOf(cacheName, asked, LOADER);
    }
}
