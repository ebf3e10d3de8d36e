package dev.larder.jcache.internal.guard;

import dev.larder.codec.KeyForm;
import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.internal.expiry.CappedExpiry;
import dev.larder.jcache.internal.expiry.Expiry;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.Ttl;
import dev.larder.store.guard.DeadlineStore;
import dev.larder.store.guard.GuardedStore;
import dev.larder.store.guard.OnStoreFailure;
import dev.larder.store.heap.HeapStore;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * The store of a cache, with what stands before it: nothing before the heap; a guard before a store that is shared or of which the
 * settings say what to do when it fails; and before any other than the heap the translation of what it throws.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 * @param store what the engine sees
 * @param guard the guard, or null if there is none
 * @param onFailure what is done while the store fails
 */
public record OpenedStore<K, V>(Store<K, V> store, @Nullable GuardedStore<K, V> guard, OnStoreFailure onFailure) {

    /**
     * Opens the store that settings name.
     *
     * @param keyForm the form of keys of one more class, or null
     * @param makesGood runs what the guard makes good in the background, which may wait for the store
     * @throws CacheException if the store cannot be opened
     */
    public static <K, V> OpenedStore<K, V> open(
            CacheSettings<K, V> settings,
            StoreContext<K, V> context,
            @Nullable KeyForm<?> keyForm,
            Executor makesGood) {
        StoreErrors errors = new StoreErrors(context.name());
        Store<K, V> opened = errors.opening(() -> settings.getStoreFactory()
                .open(context.withCodecs(settings.getCodecSettings().withKeyForm(keyForm))));
        try {
            return opened instanceof HeapStore
                    ? new OpenedStore<>(opened, null, OnStoreFailure.FAIL)
                    : errors.translating(() -> guarded(opened, settings, context.withExecutor(makesGood), errors));
        } catch (RuntimeException | Error e) {
            closeAfter(e, opened);
            throw e;
        }
    }

    private static void closeAfter(Throwable failure, Store<?, ?> store) {
        try {
            store.close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private static <K, V> OpenedStore<K, V> guarded(
            Store<K, V> store, CacheSettings<K, V> settings, StoreContext<K, V> context, StoreErrors errors) {
        OnStoreFailure said = settings.getOnStoreFailure();
        if (said == null && !store.traits().shared()) {
            return new OpenedStore<>(new TranslatingStore<>(store, errors), null, OnStoreFailure.FAIL);
        }
        OnStoreFailure onFailure = said == null ? OnStoreFailure.DEGRADE : said;
        Store<K, V> timed = store.traits().endsCallsInTime() ? store : new DeadlineStore<>(store, context);
        GuardedStore<K, V> guard = new GuardedStore<>(timed, context, onFailure);
        return new OpenedStore<>(new TranslatingStore<>(guard, errors), guard, onFailure);
    }

    /** Whether the store fails now and is done without. */
    public BooleanSupplier isDoneWithout() {
        GuardedStore<K, V> guarded = guard;
        return guarded == null || onFailure == OnStoreFailure.FAIL ? () -> false : guarded::isDegraded;
    }

    /**
     * Returns the expiry of a cache on this store. Where a value that was replaced while the store failed can still be read in
     * other JVMs, it makes sure that this comes to an end.
     *
     * @throws CacheException if it does not
     */
    public Expiry bounded(String cacheName, Expiry expiry, @Nullable Duration maxStale) {
        if (onFailure == OnStoreFailure.FAIL) {
            return expiry;
        }
        if (maxStale != null) {
            return CappedExpiry.of(expiry, Ttl.of(maxStale));
        }
        if (!expiry.isConstant()
                || expiry.creation().isEternal()
                || expiry.creation().isUnchanged()) {
            throw new CacheException(
                    "cache \"" + cacheName + "\": what is replaced while its store fails could be read for"
                            + " ever in other JVMs, because its entries need not expire; set maxStale or an expireAfterWrite, or set"
                            + " onStoreFailure to fail");
        }
        return expiry;
    }
}
