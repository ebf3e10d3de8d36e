package dev.larder.jcache.internal.load;

import dev.larder.jcache.internal.concurrent.WaitGraph;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/** A load that another thread does than the one that wants it. */
final class HandedLoad<R extends @Nullable Object> implements Runnable, WaitGraph.Owned {

    private final Supplier<R> load;
    private final Consumer<Throwable> onAbandoned;
    private final Set<Thread> loading;
    private final Signal end = new Signal();
    private volatile @Nullable Thread loader;

    /** Written before the end is told, read after. */
    private @Nullable R answer;

    private @Nullable Throwable failure;

    /**
     * Creates a load that is yet to be begun.
     *
     * @param onAbandoned told if it will not be done
     * @param loading where its thread is while it goes on
     */
    HandedLoad(Supplier<R> load, Consumer<Throwable> onAbandoned, Set<Thread> loading) {
        this.load = load;
        this.onAbandoned = onAbandoned;
        this.loading = loading;
    }

    @Override
    public void run() {
        Thread self = Thread.currentThread();
        loading.add(self);
        loader = self;
        try {
            answer = load.get();
        } catch (Throwable e) {
            // also an error: it belongs to the caller, and not to a thread that nobody watches
            failure = e;
        } finally {
            loader = null;
            loading.remove(self);
            end.give();
        }
    }

    @Override
    public @Nullable Thread owner() {
        return loader;
    }

    /** Says that the load will not be done. */
    void abandon(Throwable cause) {
        onAbandoned.accept(cause);
        failure = cause;
        end.give();
    }

    /**
     * Waits for the end of the load, and returns whether it has come.
     *
     * @param key what is loaded, for messages
     * @throws CacheLoaderException if the load would wait for this thread, or it is interrupted
     */
    boolean await(Patience patience, LoaderErrors errors, Object key) {
        if (end.isGiven()) {
            return true;
        }
        return switch (patience.await(end, this, errors, key)) {
            case HAPPENED -> true;
            case WAITS_FOR_US -> throw errors.recursive(key);
            case TOO_LATE -> false;
        };
    }

    /** Returns what the load came to, when it has ended. */
    @SuppressWarnings("NullAway") // an R may be null, and without a failure this is one
    R answer(LoaderErrors errors) {
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure != null) {
            throw errors.rethrown(failure);
        }
        return answer;
    }
}
