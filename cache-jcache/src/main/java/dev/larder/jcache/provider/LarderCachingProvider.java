package dev.larder.jcache.provider;

import dev.larder.jcache.internal.facade.ManagerFacade;
import dev.larder.time.Clock;
import dev.larder.time.Timer;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.WeakHashMap;
import javax.cache.CacheManager;
import javax.cache.configuration.OptionalFeature;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;

/**
 * Larder's entry to JCache: what {@link javax.cache.Caching#getCachingProvider()} returns.
 *
 * <p>The URI of a manager is a name or the address of its configuration file: {@code classpath:}, {@code file:} and
 * {@code jar:} are addresses. The default URI stands for {@code larder.json} on the class path of the class loader, if there
 * is one.
 *
 * <p>There is one manager for each pair of URI and class loader. Once it is closed, the next call makes a new one. The class
 * loader is held weakly; a manager whose loader was collected is forgotten. Safe for use by many threads.
 */
public final class LarderCachingProvider implements CachingProvider {

    private static final URI DEFAULT_URI = URI.create("larder:default");

    private final Clock clock;
    private final Timer timer;

    /** Guarded by itself. */
    private final Map<ClassLoader, Map<URI, ManagerFacade>> managers = new WeakHashMap<>();

    /** Creates a provider; {@link java.util.ServiceLoader} does. */
    public LarderCachingProvider() {
        this(Clock.system(), Timer.system());
    }

    private LarderCachingProvider(Clock clock, Timer timer) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.timer = Objects.requireNonNull(timer, "timer");
    }

    /** Returns a provider of its own whose caches live by another time, for tests that do not want to wait. */
    public static LarderCachingProvider withTime(Clock clock, Timer timer) {
        return new LarderCachingProvider(clock, timer);
    }

    @Override
    public CacheManager getCacheManager(
            @Nullable URI uri, @Nullable ClassLoader classLoader, @Nullable Properties properties) {
        URI usedUri = uri == null ? getDefaultURI() : uri;
        ClassLoader usedLoader = classLoader == null ? getDefaultClassLoader() : classLoader;
        Properties usedProperties = properties == null ? getDefaultProperties() : properties;
        ManagerFacade manager;
        do {
            manager = manager(usedUri, usedLoader, usedProperties);
        } while (!manager.start());
        return manager;
    }

    private ManagerFacade manager(URI uri, ClassLoader classLoader, Properties properties) {
        synchronized (managers) {
            Map<URI, ManagerFacade> ofLoader = managers.computeIfAbsent(classLoader, loader -> new HashMap<>());
            ManagerFacade manager = ofLoader.get(uri);
            // one that is being closed may not have been forgotten yet
            if (manager == null || manager.isClosed()) {
                manager = new ManagerFacade(this, uri, classLoader, properties, clock, timer, this::forget);
                ofLoader.put(uri, manager);
            }
            return manager;
        }
    }

    private void forget(ManagerFacade manager) {
        ClassLoader loader = manager.getClassLoader();
        synchronized (managers) {
            Map<URI, ManagerFacade> ofLoader = loader == null ? null : managers.get(loader);
            if (ofLoader != null && ofLoader.remove(manager.getURI(), manager) && ofLoader.isEmpty()) {
                managers.remove(loader);
            }
        }
    }

    @Override
    public ClassLoader getDefaultClassLoader() {
        return LarderCachingProvider.class.getClassLoader();
    }

    @Override
    public URI getDefaultURI() {
        return DEFAULT_URI;
    }

    @Override
    public Properties getDefaultProperties() {
        return new Properties();
    }

    @Override
    public CacheManager getCacheManager(@Nullable URI uri, @Nullable ClassLoader classLoader) {
        return getCacheManager(uri, classLoader, null);
    }

    @Override
    public CacheManager getCacheManager() {
        return getCacheManager(null, null, null);
    }

    @Override
    public void close() {
        List<ManagerFacade> all = new ArrayList<>();
        synchronized (managers) {
            managers.values().forEach(ofLoader -> all.addAll(ofLoader.values()));
        }
        closeAll(all);
    }

    /** Closes all, also if a store of one cannot be closed; throws the first such failure. */
    private static void closeAll(List<ManagerFacade> all) {
        RuntimeException failure = null;
        for (ManagerFacade each : all) {
            try {
                each.close();
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close(@Nullable ClassLoader classLoader) {
        List<ManagerFacade> all;
        synchronized (managers) {
            Map<URI, ManagerFacade> ofLoader =
                    managers.get(classLoader == null ? getDefaultClassLoader() : classLoader);
            all = ofLoader == null ? List.of() : List.copyOf(ofLoader.values());
        }
        closeAll(all);
    }

    @Override
    public void close(@Nullable URI uri, @Nullable ClassLoader classLoader) {
        ManagerFacade manager;
        synchronized (managers) {
            Map<URI, ManagerFacade> ofLoader =
                    managers.get(classLoader == null ? getDefaultClassLoader() : classLoader);
            manager = ofLoader == null ? null : ofLoader.get(uri == null ? getDefaultURI() : uri);
        }
        if (manager != null) {
            manager.close();
        }
    }

    @Override
    public boolean isSupported(OptionalFeature optionalFeature) {
        return optionalFeature == OptionalFeature.STORE_BY_REFERENCE;
    }
}
