package dev.larder.jcache.internal.facade;

import dev.larder.jcache.internal.engine.Walk;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Iterates over the entries of a cache. To be told that there is a next one is no access; to get it is. An entry that
 * expires in between is given all the same. For one thread.
 */
final class FacadeIterator<K, V> implements Iterator<Cache.Entry<K, V>> {

    private final CacheFacade<K, V> cache;
    private final Walk<K, V> walk;
    private final Consumer<K> removal;
    private boolean standsOnNext;
    private @Nullable K last;

    FacadeIterator(CacheFacade<K, V> cache, Walk<K, V> walk, Consumer<K> removal) {
        this.cache = cache;
        this.walk = walk;
        this.removal = removal;
    }

    @Override
    public boolean hasNext() {
        cache.requireOpen();
        if (!standsOnNext) {
            standsOnNext = walk.advance();
        }
        return standsOnNext;
    }

    @Override
    public Cache.Entry<K, V> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("cache \"" + cache.getName() + "\" has no more entries");
        }
        Cache.Entry<K, V> entry = new FacadeEntry<>(walk.key(), walk.value());
        walk.access();
        standsOnNext = false;
        last = walk.key();
        return entry;
    }

    @Override
    public void remove() {
        cache.requireOpen();
        if (last == null) {
            throw new IllegalStateException("there is no entry to remove; call next() first");
        }
        removal.accept(last);
        last = null;
    }
}
