package dev.larder.jcache.internal.facade;

import dev.larder.codec.KeyForm;
import dev.larder.copy.Copier;
import dev.larder.copy.ValueCopier;
import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.internal.engine.CacheEngine;
import dev.larder.jcache.internal.engine.Copying;
import dev.larder.jcache.internal.engine.EngineParts;
import dev.larder.jcache.internal.event.EventDispatcher;
import dev.larder.jcache.internal.expiry.ConstantExpiry;
import dev.larder.jcache.internal.expiry.Expiry;
import dev.larder.jcache.internal.expiry.Lifetimes;
import dev.larder.jcache.internal.expiry.LongerExpiry;
import dev.larder.jcache.internal.expiry.PolicyExpiry;
import dev.larder.jcache.internal.guard.OpenedStore;
import dev.larder.jcache.internal.load.LoadParts;
import dev.larder.jcache.internal.management.CacheBeans;
import dev.larder.jcache.internal.stats.Statistics;
import dev.larder.jcache.internal.write.Writing;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.Ttl;
import dev.larder.store.guard.GuardedStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.jspecify.annotations.Nullable;

/** Makes the parts of a cache from its settings, and takes them apart again when the cache is closed. */
final class CacheAssembly<K, V> {

    private final Cache<K, V> cache;
    private final List<Object> customisations = new ArrayList<>();
    private final @Nullable KeyForm<?> keyForm;
    private final Statistics statistics;
    private final Store<K, V> store;
    private final EventDispatcher<K, V> events;
    private final LoadParts<K> loads;
    private final CacheEngine<K, V> engine;
    private final CacheBeans beans;

    /** The settings as they are now: listeners come and go, and two switches may be turned. */
    private volatile CacheSettings<K, V> settings;

    /** Set first when it is taken apart; guarded by the customisations. */
    private boolean closed;

    CacheAssembly(Cache<K, V> cache, CacheSettings<K, V> settings, ManagerFacade manager) {
        this.cache = cache;
        this.settings = settings.toBuilder().listeners(List.of()).build();
        String name = cache.getName();
        keyForm = manager.keyForm(settings.getKeyType());
        try {
            statistics = new Statistics(manager.clock(), settings.isStatisticsEnabled());
            CacheLoader<K, V> loader = made(settings.getCacheLoaderFactory());
            CacheWriter<? super K, ? super V> writer = made(settings.getCacheWriterFactory());
            ExpiryPolicy policy = made(settings.getExpiryPolicyFactory());
            boolean writesThrough = writer != null && settings.isWriteThrough();
            Expiry expiry = policy == null ? ConstantExpiry.of(Ttl.ETERNAL) : PolicyExpiry.of(policy);
            LoadAssembly<K> loadAssembly = LoadAssembly.of(name, settings, loader != null, expiry);
            OpenedStore<K, V> opened =
                    openStore(name, manager, loader != null || writesThrough, loadAssembly.isRenewed());
            store = opened.store();
            Expiry kept =
                    opened.bounded(name, LongerExpiry.of(expiry, loadAssembly.moreMillis()), settings.getMaxStale());
            loads = loadAssembly.parts(manager, kept);
            customisations.add(loads);
            Copying<K, V> copying = newCopying(name, manager);
            events = new EventDispatcher<>(
                    cache,
                    manager.workers().events(),
                    manager.workers()::newListenerThreads,
                    copying::key,
                    copying::valueOut);
            engine = new CacheEngine<>(new EngineParts<>(
                    name,
                    settings.getValueType(),
                    store,
                    copying,
                    Lifetimes.of(kept, settings.getJitter(), loadAssembly.moreMillis()),
                    statistics,
                    events,
                    loader == null
                            ? null
                            : new SparedSource<>(name, settings, opened, manager.timer()).of(loader, copying::key),
                    loads,
                    settings.isReadThrough(),
                    newWriting(writer, copying)));
            beans = new CacheBeans(manager.getURI().toString(), name, () -> this.settings, statistics);
            GuardedStore<K, V> guard = opened.guard();
            if (guard != null) {
                beans.addStore(opened.onFailure(), guard::status, guard::unreadable);
            }
            // from now on it is closed by name
            customisations.remove(store);
        } catch (RuntimeException | Error e) {
            Closing.closeAll(name, customisations);
            throw e;
        }
    }

    void start(CacheSettings<K, V> asked) {
        for (CacheEntryListenerConfiguration<K, V> listener : asked.getCacheEntryListenerConfigurations()) {
            register(listener);
        }
        beans.showConfiguration(asked.isManagementEnabled());
        beans.showStatistics(asked.isStatisticsEnabled());
    }

    CacheSettings<K, V> settings() {
        return settings;
    }

    private <T> @Nullable T made(@Nullable Factory<? extends T> factory) {
        if (factory == null) {
            return null;
        }
        T customisation = factory.create();
        customisations.add(customisation);
        return customisation;
    }

    private OpenedStore<K, V> openStore(String name, ManagerFacade manager, boolean leases, boolean needsDeadline) {
        StoreContext<K, V> context = StoreContext.of(name, settings.getKeyType(), settings.getValueType())
                .withTime(manager.clock(), manager.timer())
                .withExecutor(manager.workers().upkeep())
                .withLeases(leases)
                .withNeedsDeadline(needsDeadline)
                .withStoreDeadline(settings.getStoreDeadline());
        OpenedStore<K, V> opened =
                OpenedStore.open(settings, context, keyForm, manager.workers().makingGood());
        customisations.add(opened.store());
        return opened;
    }

    private Copying<K, V> newCopying(String name, ManagerFacade manager) {
        if (!settings.isStoreByValue() || store.traits().copiesValues()) {
            return Copying.none(name);
        }
        ValueCopier.Builder builder = manager.newCopier().keyForm(keyForm);
        for (Map.Entry<Class<?>, Copier<?>> each : settings.getCopiers().entrySet()) {
            register(builder, each.getKey(), each.getValue());
        }
        ValueCopier copier = builder.build();
        // a store that outlives the cache may have values that others put there; a user's copier may be of two minds
        boolean mayShare = !store.traits().durable() && settings.getCopiers().isEmpty();
        return Copying.by(
                name, copier.forType(settings.getKeyType()), copier.forType(settings.getValueType()), mayShare);
    }

    @SuppressWarnings("unchecked") // the settings take a copier only with the type that it copies
    private static <T> void register(ValueCopier.Builder builder, Class<T> type, Copier<?> copier) {
        builder.copier(type, (Copier<T>) copier);
    }

    private @Nullable Writing<K, V> newWriting(
            @Nullable CacheWriter<? super K, ? super V> writer, Copying<K, V> copying) {
        return writer == null || !settings.isWriteThrough()
                ? null
                : new Writing<>(cache.getName(), writer, copying::key, copying::valueOut);
    }

    CacheEngine<K, V> engine() {
        return engine;
    }

    void register(CacheEntryListenerConfiguration<K, V> configuration) {
        synchronized (customisations) {
            requireOpen();
            engine.register(configuration);
            List<CacheEntryListenerConfiguration<K, V>> listeners = listeners();
            listeners.add(configuration);
            settings = settings.toBuilder().listeners(listeners).build();
        }
    }

    void deregister(CacheEntryListenerConfiguration<K, V> configuration) {
        List<Object> gone;
        synchronized (customisations) {
            gone = events.deregister(configuration);
            List<CacheEntryListenerConfiguration<K, V>> listeners = listeners();
            listeners.remove(configuration);
            settings = settings.toBuilder().listeners(listeners).build();
        }
        Closing.closeAll(cache.getName(), gone);
    }

    private List<CacheEntryListenerConfiguration<K, V>> listeners() {
        List<CacheEntryListenerConfiguration<K, V>> listeners = new ArrayList<>();
        settings.getCacheEntryListenerConfigurations().forEach(listeners::add);
        return listeners;
    }

    void setStatisticsEnabled(boolean enabled) {
        synchronized (customisations) {
            requireOpen();
            settings = settings.toBuilder().statistics(enabled).build();
            statistics.setEnabled(enabled);
            beans.showStatistics(enabled);
        }
    }

    void setManagementEnabled(boolean enabled) {
        synchronized (customisations) {
            requireOpen();
            settings = settings.toBuilder().management(enabled).build();
            beans.showConfiguration(enabled);
        }
    }

    <C extends Configuration<K, V>> C configuration(Class<C> type) {
        CacheSettings<K, V> now = settings;
        if (type.isInstance(now)) {
            return type.cast(now);
        }
        if (MutableConfiguration.class.equals(type)) {
            return type.cast(new MutableConfiguration<>(now));
        }
        throw new IllegalArgumentException("cache \"" + cache.getName() + "\" has no configuration of type "
                + type.getName() + "; ask for " + CacheSettings.class.getName() + " or CompleteConfiguration");
    }

    /** Whoever waited for the closing finds out here, and not when it has shown a bean that nobody would hide. */
    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("cache \"" + cache.getName() + "\" is closed");
        }
    }

    void close(boolean destroy) {
        synchronized (customisations) {
            closed = true;
            beans.showConfiguration(false);
            beans.showStatistics(false);
            loads.close();
            events.ignoreElsewhere();
            try {
                closeStore(destroy);
            } finally {
                customisations.addAll(events.close());
                Closing.closeAll(cache.getName(), customisations);
                customisations.clear();
            }
        }
    }

    private void closeStore(boolean destroy) {
        if (destroy) {
            store.destroy();
        } else {
            store.close();
        }
    }
}
