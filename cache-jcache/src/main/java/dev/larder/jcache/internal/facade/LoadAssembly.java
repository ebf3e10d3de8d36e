package dev.larder.jcache.internal.facade;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LoadSettings;
import dev.larder.jcache.internal.load.LoadMemory;
import dev.larder.jcache.internal.load.LoadParts;
import dev.larder.store.StoreContext;
import dev.larder.store.Ttl;
import java.time.Duration;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** Checks what the settings of a cache say of its loads, and makes the parts for that. */
final class LoadAssembly<K> {

    private final String cacheName;
    private final Class<K> keyType;
    private final LoadSettings settings;

    private LoadAssembly(String cacheName, Class<K> keyType, LoadSettings settings) {
        this.cacheName = cacheName;
        this.keyType = keyType;
        this.settings = settings;
    }

    /**
     * Checks the settings.
     *
     * @throws CacheException if one of them could not take effect
     */
    static <K> LoadAssembly<K> of(String cacheName, CacheSettings<K, ?> settings, boolean hasLoader) {
        LoadAssembly<K> assembly = new LoadAssembly<>(cacheName, settings.getKeyType(), settings.getLoadSettings());
        if (!hasLoader) {
            assembly.refuseAll();
        }
        return assembly;
    }

    private void refuseAll() {
        refuse("negativeTtl", settings.getNegativeTtl());
        refuse("exceptionTtl", settings.getExceptionTtl());
    }

    private void refuse(String setting, @Nullable Object value) {
        if (value != null) {
            throw new CacheException("cache \"" + cacheName + "\": " + setting + " " + value
                    + " needs a loader; set one, or leave " + setting + " out");
        }
    }

    LoadParts<K> parts(ManagerFacade manager) {
        return new LoadParts<>(newMemory(manager));
    }

    private @Nullable LoadMemory<K> newMemory(ManagerFacade manager) {
        LoadMemory.Times times =
                new LoadMemory.Times(millis(settings.getNegativeTtl()), millis(settings.getExceptionTtl()));
        if (times.areZero()) {
            return null;
        }
        StoreContext<K, Object> context = StoreContext.of(cacheName, keyType, Object.class)
                .withTime(manager.clock(), manager.timer())
                .withExecutor(manager.workers().upkeep());
        return new LoadMemory<>(context, times);
    }

    private static long millis(@Nullable Duration duration) {
        return duration == null ? 0 : Ttl.of(duration).millis();
    }
}
