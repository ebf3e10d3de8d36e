package dev.larder.jcache.internal.facade;

import static java.util.Objects.requireNonNull;

import dev.larder.codec.KeyForm;
import dev.larder.copy.ValueCopier;
import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.EffectiveConfiguration;
import dev.larder.jcache.internal.config.ManagerConfiguration;
import dev.larder.time.Clock;
import dev.larder.time.Timer;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;

/**
 * The caches of one URI and class loader, by name.
 *
 * <p>The class loader is held weakly: a manager that its user forgot to close does not by itself keep an undeployed
 * application in memory.
 */
public final class ManagerFacade implements CacheManager, EffectiveConfiguration {

    private final CachingProvider provider;
    private final URI uri;
    private final WeakReference<ClassLoader> classLoader;
    private final Properties properties;
    private final Clock clock;
    private final Timer timer;
    private final Consumer<ManagerFacade> onClose;
    private final ConcurrentMap<String, CacheFacade<?, ?>> caches = new ConcurrentHashMap<>();
    private final Workers workers;

    /** Held while caches come into being, so that no two get the same name, and none is made in a closed manager. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Null until it has been read. */
    private volatile @Nullable ManagerConfiguration configuration;

    private volatile boolean started;

    private volatile boolean closed;

    /**
     * Creates a manager that is yet to be started.
     *
     * @param onClose told once, when it is closed
     */
    public ManagerFacade(
            CachingProvider provider,
            URI uri,
            ClassLoader classLoader,
            Properties properties,
            Clock clock,
            Timer timer,
            Consumer<ManagerFacade> onClose) {
        this.provider = provider;
        this.uri = uri;
        this.classLoader = new WeakReference<>(classLoader);
        this.properties = new Properties();
        this.properties.putAll(properties);
        this.clock = clock;
        this.timer = timer;
        this.onClose = onClose;
        workers = new Workers(this.classLoader);
    }

    /**
     * Reads the configuration and makes the caches that it declares, at the first call. Others wait until that is done; a
     * loader that asks for its own manager meanwhile does not.
     *
     * @return false if the manager is closed, because the user did so or because it could not be started for another caller
     * @throws CacheException if the configuration is wrong; the manager is closed then
     */
    public boolean start() {
        if (started) {
            return !closed;
        }
        lock.lock();
        try {
            if (configuration == null && !closed) {
                configure();
            }
            return !closed;
        } catch (RuntimeException | Error e) {
            closeAfter(e);
            throw e;
        } finally {
            lock.unlock();
        }
    }

    private void closeAfter(Throwable failure) {
        try {
            close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void configure() {
        ClassLoader loader = usedClassLoader();
        ManagerConfiguration read = ManagerConfiguration.of(uri, uri.equals(provider.getDefaultURI()), loader);
        configuration = read;
        for (String name : read.declaredCaches()) {
            createCache(name, read.declared(name, loader));
        }
        started = true;
    }

    private ClassLoader usedClassLoader() {
        ClassLoader loader = classLoader.get();
        return loader == null ? ManagerFacade.class.getClassLoader() : loader;
    }

    private ManagerConfiguration configuration() {
        return Objects.requireNonNull(configuration, "the manager was not started");
    }

    @Override
    public String describe() {
        requireOpen();
        return configuration().describe(caches.keySet());
    }

    @Override
    public <K, V, C extends Configuration<K, V>> Cache<K, V> createCache(String cacheName, C configuration) {
        requireOpen();
        requireNonNull(cacheName, "cacheName");
        requireNonNull(configuration, "configuration");
        lock.lock();
        try {
            requireOpen();
            if (caches.containsKey(cacheName)) {
                throw new CacheException(
                        "cache \"" + cacheName + "\" exists already; get it with getCache, or destroy it first");
            }
            CacheSettings<K, V> settings = settingsOf(cacheName, configuration);
            CacheFacade<K, V> cache = new CacheFacade<>(cacheName, this, settings);
            cache.start(settings);
            caches.put(cacheName, cache);
            return cache;
        } finally {
            lock.unlock();
        }
    }

    private <K, V> CacheSettings<K, V> settingsOf(String cacheName, Configuration<K, V> asked) {
        try {
            return configuration().settingsOf(cacheName, asked, usedClassLoader());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("cache \"" + cacheName + "\": " + e.getMessage(), e);
        }
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // the types are checked; null is what the standard wants for none
    public <K, V> Cache<K, V> getCache(String cacheName, Class<K> keyType, Class<V> valueType) {
        requireOpen();
        requireNonNull(keyType, "keyType");
        requireNonNull(valueType, "valueType");
        CacheFacade<?, ?> cache = caches.get(requireNonNull(cacheName, "cacheName"));
        if (cache != null) {
            requireType(cacheName, "keys", cache.settings().getKeyType(), keyType);
            requireType(cacheName, "values", cache.settings().getValueType(), valueType);
        }
        return (Cache<K, V>) cache;
    }

    private static void requireType(String cacheName, String what, Class<?> declared, Class<?> asked) {
        if (declared != asked) {
            throw new ClassCastException("cache \"" + cacheName + "\" has " + what + " of type " + declared.getName()
                    + ", not " + asked.getName());
        }
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // by the standard unchecked; null is what it wants for none
    public <K, V> Cache<K, V> getCache(String cacheName) {
        requireOpen();
        return (Cache<K, V>) caches.get(requireNonNull(cacheName, "cacheName"));
    }

    @Override
    public Iterable<String> getCacheNames() {
        requireOpen();
        return List.copyOf(caches.keySet());
    }

    @Override
    public void destroyCache(String cacheName) {
        requireOpen();
        CacheFacade<?, ?> cache = caches.remove(requireNonNull(cacheName, "cacheName"));
        if (cache != null) {
            configuration().forget(cacheName);
            cache.shut(true);
        }
    }

    /** Takes a cache that is being closed off the list. */
    void forget(CacheFacade<?, ?> cache) {
        if (caches.remove(cache.getName(), cache)) {
            configuration().forget(cache.getName());
        }
    }

    @Override
    public void enableManagement(String cacheName, boolean enabled) {
        requireOpen();
        CacheFacade<?, ?> cache = caches.get(requireNonNull(cacheName, "cacheName"));
        if (cache != null) {
            cache.setManagementEnabled(enabled);
        }
    }

    @Override
    public void enableStatistics(String cacheName, boolean enabled) {
        requireOpen();
        CacheFacade<?, ?> cache = caches.get(requireNonNull(cacheName, "cacheName"));
        if (cache != null) {
            cache.setStatisticsEnabled(enabled);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
        } finally {
            lock.unlock();
        }
        onClose.accept(this);
        try {
            shutAll();
        } finally {
            caches.clear();
            workers.close();
            closeConfiguration();
        }
    }

    private void closeConfiguration() {
        ManagerConfiguration read = configuration;
        if (read != null) {
            read.close();
        }
    }

    /** Ends the use of all caches, also if a store cannot be closed; throws the first such failure. */
    private void shutAll() {
        RuntimeException failure = null;
        for (CacheFacade<?, ?> cache : caches.values()) {
            try {
                cache.shut(false);
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("cache manager " + uri + " is closed");
        }
    }

    @Override
    public CachingProvider getCachingProvider() {
        return provider;
    }

    @Override
    public URI getURI() {
        return uri;
    }

    /** Returns the class loader, or null if it has been collected. */
    @Override
    @SuppressWarnings("NullAway") // the standard did not think of this; nothing else would be true
    public ClassLoader getClassLoader() {
        return classLoader.get();
    }

    /** Returns a copy of the properties the manager was made with. */
    @Override
    public Properties getProperties() {
        Properties copy = new Properties();
        copy.putAll(properties);
        return copy;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new IllegalArgumentException("a cache manager of Larder cannot be unwrapped to " + type.getName());
    }

    Clock clock() {
        return clock;
    }

    Timer timer() {
        return timer;
    }

    Workers workers() {
        return workers;
    }

    /** Returns the form of the keys of annotated methods, or null if such are not known or cannot be of that type. */
    @Nullable
    KeyForm<?> keyForm(Class<?> keyType) {
        return KeyForms.of(keyType, usedClassLoader());
    }

    /** Returns a copier whose copies belong to the manager's class loader, or to Larder's if that has been collected. */
    ValueCopier.Builder newCopier() {
        return ValueCopier.builder(usedClassLoader());
    }

    @Override
    public String toString() {
        return "Larder cache manager " + uri + (closed ? " (closed)" : "");
    }
}
