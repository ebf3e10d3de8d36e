package dev.larder.jcache.internal.facade;

import static java.util.Objects.requireNonNull;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.internal.engine.CacheEngine;
import dev.larder.jcache.internal.engine.PlainReads;
import dev.larder.store.Ttl;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/**
 * The cache that users hold. Each method checks that the cache is open and the arguments are right, and calls its
 * namesake in the engine. Only a get goes to the store itself where the engine has nothing to add.
 */
public final class CacheFacade<K, V> implements LarderCache<K, V> {

    private final String name;
    private final ManagerFacade manager;
    private final CacheAssembly<K, V> assembly;
    private final CacheEngine<K, V> engine;
    private final Class<K> keyType;
    private final Class<V> valueType;
    private final boolean takesAnything;

    /** The short way of a get, null once closed: one look tells whether it may be taken. */
    private volatile @Nullable PlainReads<K, V> plainReads;

    private volatile boolean closed;

    CacheFacade(String name, ManagerFacade manager, CacheSettings<K, V> settings) {
        this.name = name;
        this.manager = manager;
        keyType = settings.getKeyType();
        valueType = settings.getValueType();
        takesAnything = keyType == Object.class && valueType == Object.class;
        assembly = new CacheAssembly<>(this, settings, manager);
        engine = assembly.engine();
        plainReads = engine.plainReads();
    }

    @Override
    @SuppressWarnings("NullAway") // null is what the standard wants for none, and javax.cache has no annotations
    public V get(K key) {
        PlainReads<K, V> reads = plainReads;
        V hit = reads == null ? null : reads.hit(requireNonNull(key, "key"));
        return hit == null ? getTheLongWay(key, reads) : hit;
    }

    private @Nullable V getTheLongWay(K key, @Nullable PlainReads<K, V> reads) {
        requireOpen();
        requireNonNull(key, "key");
        if (reads == null) {
            return engine.get(key);
        }
        if (reads.isOver()) {
            plainReads = null;
        }
        return reads.leavesMissesToLoader() ? engine.loadMissing(key) : engine.get(key);
    }

    @Override
    public Map<K, V> getAll(Set<? extends K> keys) {
        requireOpen();
        requireKeys(keys);
        return engine.bulk().getAll(keys);
    }

    @Override
    public boolean containsKey(K key) {
        requireOpen();
        return engine.containsKey(requireNonNull(key, "key"));
    }

    @Override
    public void loadAll(
            Set<? extends K> keys, boolean replaceExistingValues, @Nullable CompletionListener completionListener) {
        requireOpen();
        requireKeys(keys);
        Set<K> own = engine.bulk().ownKeys(keys);
        Runnable load = () -> engine.bulk().loadAll(own, replaceExistingValues);
        manager.workers().load(new LoadTask(name, load, completionListener));
    }

    @Override
    public void put(K key, V value) {
        requireOpen();
        requireEntry(key, value);
        engine.put(key, value);
    }

    @Override
    public void put(K key, V value, Duration ttl) {
        requireOpen();
        requireEntry(key, value);
        engine.put(key, value, Ttl.of(ttl));
    }

    @Override
    @SuppressWarnings("NullAway") // null is what the standard wants for none, and javax.cache has no annotations
    public V getAndPut(K key, V value) {
        requireOpen();
        requireEntry(key, value);
        return engine.getAndPut(key, value);
    }

    @Override
    public void putAll(Map<? extends K, ? extends V> map) {
        requireOpen();
        requireNonNull(map, "map").forEach(this::requireEntry);
        engine.bulk().putAll(map);
    }

    @Override
    public boolean putIfAbsent(K key, V value) {
        requireOpen();
        requireEntry(key, value);
        return engine.putIfAbsent(key, value);
    }

    @Override
    public boolean putIfAbsent(K key, V value, Duration ttl) {
        requireOpen();
        requireEntry(key, value);
        return engine.putIfAbsent(key, value, Ttl.of(ttl));
    }

    @Override
    public boolean touch(K key, Duration ttl) {
        requireOpen();
        return engine.touch(requireNonNull(key, "key"), Ttl.of(ttl));
    }

    @Override
    public boolean remove(K key) {
        requireOpen();
        return engine.remove(requireNonNull(key, "key"));
    }

    @Override
    public boolean remove(K key, V oldValue) {
        requireOpen();
        requireNonNull(key, "key");
        return engine.remove(key, requireNonNull(oldValue, "oldValue"));
    }

    @Override
    @SuppressWarnings("NullAway") // null is what the standard wants for none, and javax.cache has no annotations
    public V getAndRemove(K key) {
        requireOpen();
        return engine.getAndRemove(requireNonNull(key, "key"));
    }

    @Override
    public boolean replace(K key, V oldValue, V newValue) {
        requireOpen();
        requireNonNull(oldValue, "oldValue");
        requireEntry(key, newValue);
        return engine.replace(key, oldValue, newValue);
    }

    @Override
    public boolean replace(K key, V value) {
        requireOpen();
        requireEntry(key, value);
        return engine.replace(key, value);
    }

    @Override
    @SuppressWarnings("NullAway") // null is what the standard wants for none, and javax.cache has no annotations
    public V getAndReplace(K key, V value) {
        requireOpen();
        requireEntry(key, value);
        return engine.getAndReplace(key, value);
    }

    @Override
    public void removeAll(Set<? extends K> keys) {
        requireOpen();
        requireKeys(keys);
        engine.bulk().removeAll(keys);
    }

    @Override
    public void removeAll() {
        requireOpen();
        engine.bulk().removeAll();
    }

    @Override
    public void clear() {
        requireOpen();
        engine.clear();
    }

    @Override
    public void invalidate(K key) {
        requireOpen();
        engine.invalidate(requireNonNull(key, "key"));
    }

    @Override
    public void invalidateAll(Set<? extends K> keys) {
        requireOpen();
        requireKeys(keys);
        keys.forEach(engine::invalidate);
    }

    @Override
    public long estimatedSize() {
        requireOpen();
        return engine.estimatedSize();
    }

    @Override
    @SuppressWarnings("NullAway") // null is what the standard wants for none, and javax.cache has no annotations
    public <T> T invoke(K key, EntryProcessor<K, V, T> entryProcessor, Object... arguments) {
        requireOpen();
        requireNonNull(key, "key");
        requireNonNull(entryProcessor, "entryProcessor");
        return engine.invocations().invoke(key, entryProcessor, arguments);
    }

    @Override
    public <T> Map<K, EntryProcessorResult<T>> invokeAll(
            Set<? extends K> keys, EntryProcessor<K, V, T> entryProcessor, Object... arguments) {
        requireOpen();
        requireKeys(keys);
        requireNonNull(entryProcessor, "entryProcessor");
        Map<K, EntryProcessorResult<T>> results = new HashMap<>(keys.size() * 2);
        for (K key : keys) {
            EntryProcessorResult<T> result = resultOf(key, entryProcessor, arguments);
            if (result != null) {
                results.put(key, result);
            }
        }
        return results;
    }

    private <T> @Nullable EntryProcessorResult<T> resultOf(
            K key, EntryProcessor<K, V, T> entryProcessor, Object[] arguments) {
        try {
            T value = engine.invocations().invoke(key, entryProcessor, arguments);
            return value == null ? null : () -> value;
        } catch (EntryProcessorException e) {
            return () -> {
                throw e;
            };
        } catch (CacheException e) {
            return () -> {
                throw new EntryProcessorException(e);
            };
        }
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public CacheManager getCacheManager() {
        return manager;
    }

    @Override
    public <C extends Configuration<K, V>> C getConfiguration(Class<C> type) {
        return assembly.configuration(type);
    }

    @Override
    public void registerCacheEntryListener(CacheEntryListenerConfiguration<K, V> configuration) {
        requireOpen();
        assembly.register(requireNonNull(configuration, "configuration"));
    }

    @Override
    public void deregisterCacheEntryListener(CacheEntryListenerConfiguration<K, V> configuration) {
        requireOpen();
        assembly.deregister(requireNonNull(configuration, "configuration"));
    }

    @Override
    public Iterator<Cache.Entry<K, V>> iterator() {
        requireOpen();
        return new FacadeIterator<>(this, engine.walk(), engine::remove);
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new IllegalArgumentException("a cache of Larder cannot be unwrapped to " + type.getName());
    }

    @Override
    public void close() {
        manager.forget(this);
        shut(false);
    }

    /** Ends the use of this cache, once. */
    void shut(boolean destroy) {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            plainReads = null;
        }
        assembly.close(destroy);
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    /** Adds the listeners that the settings name, and shows the MBeans. */
    void start(CacheSettings<K, V> settings) {
        try {
            assembly.start(settings);
        } catch (RuntimeException | Error e) {
            shut(false);
            throw e;
        }
    }

    CacheSettings<K, V> settings() {
        return assembly.settings();
    }

    void setStatisticsEnabled(boolean enabled) {
        assembly.setStatisticsEnabled(enabled);
        synchronized (this) {
            plainReads = closed ? null : engine.plainReads();
        }
    }

    void setManagementEnabled(boolean enabled) {
        assembly.setManagementEnabled(enabled);
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("cache \"" + name + "\" is closed");
        }
    }

    private void requireKeys(Set<? extends K> keys) {
        for (K key : requireNonNull(keys, "keys")) {
            requireNonNull(key, "keys contain null");
        }
    }

    private void requireEntry(K key, V value) {
        requireNonNull(key, "key");
        requireNonNull(value, "value");
        if (!takesAnything) {
            requireTypes(key, value);
        }
    }

    private void requireTypes(K key, V value) {
        if (!keyType.isInstance(key)) {
            throw wrongType("key", keyType, key);
        }
        if (!valueType.isInstance(value)) {
            throw wrongType("value", valueType, value);
        }
    }

    private ClassCastException wrongType(String what, Class<?> declared, Object given) {
        return new ClassCastException("cache \"" + name + "\": " + what + " must be a " + declared.getName()
                + " but is a " + given.getClass().getName());
    }

    /** Names the cache and its state. */
    @Override
    public String toString() {
        return "Larder cache \"" + name + "\"" + (closed ? " (closed)" : "");
    }
}
