package dev.larder.jcache.internal.config;

import dev.larder.codec.frame.CodecSettings;
import dev.larder.codec.frame.Compression;
import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.internal.config.Setting.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import tools.jackson.databind.JacksonModule;

/** Lays what a file says of a cache under what the code says. Used once, by one thread. */
final class Application<K, V> {

    private final Resolved resolved;
    private final NamedStores stores;
    private final ClassLoader classLoader;
    private final Configuration<K, V> asked;
    private final CacheSettings.Builder<K, V> builder;
    private final Set<String> saidByCode;
    private final List<String> leftOut = new ArrayList<>();

    Application(Resolved resolved, NamedStores stores, ClassLoader classLoader, Configuration<K, V> asked) {
        this.resolved = resolved;
        this.stores = stores;
        this.classLoader = classLoader;
        this.asked = asked;
        builder = CacheSettings.builder(asked);
        saidByCode = builder.explicitSettings();
    }

    /** Returns the groups of settings in which the file does not count, because the code says something. */
    Set<String> saidByCode() {
        return saidByCode;
    }

    /** Returns the settings of loads that are for other caches, because this one has no loader. */
    List<String> leftOut() {
        return leftOut;
    }

    CacheSettings<K, V> apply() {
        for (Setting<?> setting : Settings.EVERYWHERE) {
            if (saidByCode.contains(setting.group())) {
                continue;
            }
            if (isForOthers(setting)) {
                leftOut.add(setting.name());
            } else {
                apply(setting);
            }
        }
        return builder.build();
    }

    /** A template speaks of loads to all its caches, and means those that load. */
    private boolean isForOthers(Setting<?> setting) {
        return Settings.OF_LOADS.contains(setting.name()) && !hasLoader() && resolved.inherits(setting);
    }

    private boolean hasLoader() {
        return builder.explicitSettings().contains(Settings.LOADER.group());
    }

    private <T> void apply(Setting<T> setting) {
        Value<T> value = resolved.get(setting);
        if (value != null) {
            setting.effect().apply(this, value);
        }
    }

    CacheSettings.Builder<K, V> builder() {
        return builder;
    }

    /** Sets the store, once, however many settings speak of it. */
    void useStore() {
        if (!builder.explicitSettings().contains(Settings.STORE.group())) {
            builder.store(stores.stores(resolved));
        }
    }

    void codec(CodecSettings.Format format) {
        builder.codecs(codecs -> codecs.format(format));
    }

    void allow(Value<List<String>> names) {
        List<Class<?>> allowed = new ArrayList<>();
        names.value().forEach(name -> allowed.add(Classes.find(name, Object.class, classLoader)));
        builder.codecs(codecs -> {
            allowed.forEach(codecs::allow);
            return codecs;
        });
    }

    void jacksonModules(Value<List<String>> names) {
        for (String name : names.value()) {
            Class<? extends JacksonModule> type = Classes.find(name, JacksonModule.class, classLoader);
            JacksonModule module = new NamedClass<>(type, where(names)).create();
            builder.codecs(codecs -> codecs.jacksonModule(module));
        }
    }

    void compress(boolean compresses) {
        if (compresses) {
            builder.codecs(codecs -> codecs.compression(Compression.deflate()));
        }
    }

    void useLoader(Value<String> named) {
        @SuppressWarnings("unchecked") // whoever names the class says that it loads what the cache holds
        Class<? extends CacheLoader<K, V>> type =
                (Class<? extends CacheLoader<K, V>>) Classes.find(named.value(), CacheLoader.class, classLoader);
        builder.loaderFactory(new NamedClass<>(type, where(named)));
        if (saidByCode.contains("readThrough") && asked instanceof CompleteConfiguration<K, V> complete) {
            builder.readThrough(complete.isReadThrough());
        }
    }

    void useWriter(Value<String> named) {
        @SuppressWarnings("unchecked") // whoever names the class says that it writes what the cache holds
        Class<? extends CacheWriter<? super K, ? super V>> type = (Class<? extends CacheWriter<? super K, ? super V>>)
                Classes.find(named.value(), CacheWriter.class, classLoader);
        builder.writerFactory(new NamedClass<>(type, where(named)));
        if (saidByCode.contains("writeThrough") && asked instanceof CompleteConfiguration<K, V> complete) {
            builder.writeThrough(complete.isWriteThrough());
        }
    }

    void readThrough(Value<Boolean> value) {
        if (value.value() && !hasLoader()) {
            throw Problem.value(value.node(), needs("loader", "loads"));
        }
        builder.readThrough(value.value());
    }

    void writeThrough(Value<Boolean> value) {
        if (value.value() && !builder.explicitSettings().contains(Settings.WRITER.group())) {
            throw Problem.value(value.node(), needs("writer", "writes"));
        }
        builder.writeThrough(value.value());
    }

    private String needs(String what, String does) {
        return "needs something that " + does + ", and cache \"" + resolved.cacheName()
                + "\" has none; name one with \"" + what + "\", or give it one in code";
    }

    private static String where(Value<?> value) {
        return value.node().place() + ": " + value.node().path();
    }
}
