package dev.larder.jcache.internal.config;

import dev.larder.jcache.CacheSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;

/** A file decides what the code leaves open. Safe for use by many threads; it keeps no class of the application. */
final class FileConfiguration implements ManagerConfiguration {

    static final String LOGGER = "dev.larder.configuration";

    private static final System.Logger LOG = System.getLogger(LOGGER);

    private final LarderFile file;
    private final NamedStores stores;

    /** What is in effect, by the name of the cache. */
    private final Map<String, Effect> effects = new ConcurrentSkipListMap<>();

    /** What a cache got from the file, what its code says itself, and what it did not get because it has no loader. */
    record Effect(Resolved resolved, Set<String> saidByCode, List<String> leftOut) {}

    private FileConfiguration(LarderFile file) {
        this.file = file;
        stores = new NamedStores(file.stores());
    }

    /** Reads a file, with the values of the environment put in. */
    static FileConfiguration read(ConfigurationFile source, ClassLoader classLoader, Surroundings surroundings) {
        Node.Table root = Tokens.read(source, surroundings);
        Shape.requireKnownKeys(root, FileKey.keys());
        StoreProviders providers = new StoreProviders(classLoader);
        Node.Table changed = Overrides.apply(root, providers, surroundings.variables());
        return new FileConfiguration(new FileParser(changed, providers, classLoader).parse());
    }

    @Override
    public Set<String> declaredCaches() {
        return file.caches().keySet();
    }

    @Override
    public Configuration<?, ?> declared(String cacheName, ClassLoader classLoader) {
        Resolved resolved = file.resolve(cacheName);
        return configuration(
                Classes.find(resolved.or(Settings.KEY_TYPE, "java.lang.Object"), Object.class, classLoader),
                Classes.find(resolved.or(Settings.VALUE_TYPE, "java.lang.Object"), Object.class, classLoader));
    }

    private static <K, V> Configuration<K, V> configuration(Class<K> keyType, Class<V> valueType) {
        return new MutableConfiguration<K, V>().setTypes(keyType, valueType);
    }

    @Override
    public <K, V> CacheSettings<K, V> settingsOf(String cacheName, Configuration<K, V> asked, ClassLoader classLoader) {
        Resolved resolved = file.resolve(cacheName);
        Application<K, V> application = new Application<>(resolved, stores, classLoader, asked);
        CacheSettings<K, V> settings = application.apply();
        Effect effect = new Effect(resolved, new TreeSet<>(application.saidByCode()), application.leftOut());
        effects.put(cacheName, effect);
        LOG.log(System.Logger.Level.INFO, () -> "cache \"" + cacheName + "\": " + summary(effect));
        return settings;
    }

    private String summary(Effect effect) {
        Block template = effect.resolved().template();
        return (effect.resolved().declared() ? "declared in " + file.name() + ", " : "")
                + (template == null
                        ? "no template of " + file.name() + " matches"
                        : "template \"" + template.name() + "\" of " + file.name())
                + (effect.saidByCode().isEmpty() ? "" : "; the code says " + String.join(", ", effect.saidByCode()))
                + (effect.leftOut().isEmpty()
                        ? ""
                        : "; it has no loader, and so does without " + String.join(", ", effect.leftOut()));
    }

    @Override
    public void forget(String cacheName) {
        effects.remove(cacheName);
    }

    @Override
    public String describe(Set<String> caches) {
        return new Description(file)
                .of(effects.entrySet().stream()
                        .filter(effect -> caches.contains(effect.getKey()))
                        .map(Map.Entry::getValue)
                        .toList());
    }

    @Override
    public void close() {
        stores.close();
    }
}
