package dev.larder.annotations.internal.region;

import dev.larder.annotations.internal.load.Loads;
import dev.larder.annotations.internal.load.LoadsOfCaches;
import java.util.function.Supplier;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/** A cache as an annotated method uses it: a failure is handed to the handler, and if that returns, nothing was found or done. */
public final class Region {

    private final Cache<Object, Object> cache;
    private final Loads loads;
    private final Storing storing;
    private final Failures failures;
    private final @Nullable Absences absences;

    Region(Cache<Object, Object> cache, Storing storing, @Nullable Absences absences, Failures failures) {
        this.cache = cache;
        this.loads = LoadsOfCaches.of(cache);
        this.storing = storing;
        this.absences = absences;
        this.failures = failures;
    }

    /** Whether this is the region of a cache that is still open. */
    boolean isUsable() {
        return !cache.isClosed();
    }

    boolean isOf(Cache<?, ?> other) {
        return cache == other;
    }

    public Loads loads() {
        return loads;
    }

    /** Returns what is there, or null. */
    public @Nullable Object get(Object key) {
        try {
            return cache.get(key);
        } catch (RuntimeException e) {
            failures.failed(cache.getName(), "get", e);
            return null;
        }
    }

    /** Whether it is known that there is nothing. */
    public boolean isAbsent(Object key) {
        return absences != null && guarded("get", false, () -> absences.contain(key));
    }

    /**
     * Stores a value, or for null that there is none.
     *
     * @param arguments those of the call, which tags may name
     */
    public void put(Object key, @Nullable Object value, @Nullable Object[] arguments) {
        if (value == null) {
            forget(key);
            return;
        }
        guard("put", () -> store(key, value, arguments));
    }

    private void store(Object key, Object value, @Nullable Object[] arguments) {
        storing.put(cache, key, value, arguments);
        if (absences != null) {
            absences.remove(key);
        }
    }

    /**
     * Does the same for a change: what is there is no longer so, and is not left there if the new value cannot be stored.
     *
     * @param arguments those of the call, which tags may name
     */
    public void replace(Object key, @Nullable Object value, @Nullable Object[] arguments) {
        if (value == null) {
            forget(key);
            return;
        }
        guard("put", () -> {
            try {
                store(key, value, arguments);
            } catch (RuntimeException e) {
                removeAfter(e, key);
                throw e;
            }
        });
    }

    private void removeAfter(RuntimeException failure, Object key) {
        try {
            cache.remove(key);
        } catch (RuntimeException e) {
            if (e != failure) {
                failure.addSuppressed(e);
            }
        }
    }

    /** Remembers that there is nothing, if that is to be remembered. */
    public void putAbsence(Object key) {
        if (absences != null) {
            guard("put", () -> absences.add(key));
        }
    }

    /** Stores that there is nothing, in the place of what may be there. */
    private void forget(Object key) {
        guard("remove", () -> {
            cache.remove(key);
            if (absences != null) {
                absences.add(key);
            }
        });
    }

    /** Removes what is there. */
    public void remove(Object key) {
        guard("remove", () -> {
            cache.remove(key);
            if (absences != null) {
                absences.remove(key);
            }
        });
    }

    /** Removes all. */
    public void removeAll() {
        guard("removeAll", () -> {
            cache.removeAll();
            if (absences != null) {
                absences.removeAll();
            }
        });
    }

    private void guard(String operation, Runnable action) {
        guarded(operation, true, () -> {
            action.run();
            return true;
        });
    }

    private <T> T guarded(String operation, T otherwise, Supplier<T> action) {
        try {
            return action.get();
        } catch (RuntimeException e) {
            failures.failed(cache.getName(), operation, e);
            return otherwise;
        }
    }
}
