package dev.larder.jcache.lifecycle;

import dev.larder.jcache.CacheSettings;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.cache.Cache;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;

/** Anything that a user can give to a cache, and that wants to be closed: does nothing, and counts how often it was. */
final class Customisation
        implements CacheLoader<String, String>,
                CacheWriter<String, String>,
                ExpiryPolicy,
                CacheEntryCreatedListener<String, String>,
                CacheEntryEventFilter<String, String>,
                AutoCloseable {

    private final Role role;
    private final AtomicInteger closings = new AtomicInteger();

    Customisation(Role role) {
        this.role = role;
    }

    /** What it was made for. */
    enum Role {
        LOADER,
        WRITER,
        POLICY,
        FIRST_LISTENER,
        FIRST_FILTER,
        SECOND_LISTENER,
        SECOND_FILTER
    }

    /** Makes the customisations of a cache, and keeps a list of them. */
    static final class Makers {

        private final ConcurrentLinkedQueue<Customisation> made = new ConcurrentLinkedQueue<>();
        private final Function<Role, Customisation> maker;

        Makers() {
            this(Customisation::new);
        }

        /** Creates makers of which some may fail. */
        Makers(Function<Role, Customisation> maker) {
            this.maker = maker;
        }

        private Customisation make(Role role) {
            Customisation customisation = maker.apply(role);
            made.add(customisation);
            return customisation;
        }

        /** Returns settings with one customisation of each role. */
        CacheSettings.Builder<String, String> settings() {
            return CacheSettings.builder(String.class, String.class)
                    .loaderFactory(() -> make(Role.LOADER))
                    .writerFactory(() -> make(Role.WRITER))
                    .expiryPolicy(() -> make(Role.POLICY))
                    .listener(listener(Role.FIRST_LISTENER, Role.FIRST_FILTER, true))
                    .listener(listener(Role.SECOND_LISTENER, Role.SECOND_FILTER, false));
        }

        MutableCacheEntryListenerConfiguration<String, String> listener(
                Role listener, Role filter, boolean isSynchronous) {
            return new MutableCacheEntryListenerConfiguration<>(
                    () -> make(listener), () -> make(filter), false, isSynchronous);
        }

        /** Returns how often each one that was made was closed. */
        Map<Role, Integer> closings() {
            return made.stream().collect(Collectors.toMap(each -> each.role, each -> each.closings.get()));
        }

        /** Returns the roles for which one was made. */
        List<Role> roles() {
            return made.stream().map(each -> each.role).toList();
        }
    }

    @Override
    public void close() {
        closings.incrementAndGet();
    }

    int closings() {
        return closings.get();
    }

    @Override
    public String load(String key) {
        return "loaded " + key;
    }

    @Override
    public Map<String, String> loadAll(Iterable<? extends String> keys) {
        return StreamSupport.stream(keys.spliterator(), false).collect(Collectors.toMap(key -> key, this::load));
    }

    @Override
    public void write(Cache.Entry<? extends String, ? extends String> entry) {}

    @Override
    public void writeAll(Collection<Cache.Entry<? extends String, ? extends String>> entries) {
        entries.clear();
    }

    @Override
    public void delete(Object key) {}

    @Override
    public void deleteAll(Collection<?> keys) {
        keys.clear();
    }

    @Override
    public Duration getExpiryForCreation() {
        return Duration.ETERNAL;
    }

    @Override
    public Duration getExpiryForAccess() {
        return null;
    }

    @Override
    public Duration getExpiryForUpdate() {
        return null;
    }

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {}

    @Override
    public boolean evaluate(CacheEntryEvent<? extends String, ? extends String> event) {
        return true;
    }
}
