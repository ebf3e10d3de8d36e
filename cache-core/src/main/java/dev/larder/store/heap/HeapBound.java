package dev.larder.store.heap;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.RemovalListener;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import java.io.Serial;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** How much a heap store holds, and the map that keeps to it. */
record HeapBound(long maximum, @Nullable Weigher<?, ?> weigher) implements StoreFactory {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final long UNBOUNDED = -1;

    static final HeapBound NONE = new HeapBound(UNBOUNDED, null);

    static HeapBound bySize(long maximumSize) {
        if (maximumSize < 0) {
            throw new IllegalArgumentException("maximumSize must not be negative: " + maximumSize);
        }
        return new HeapBound(maximumSize, null);
    }

    static HeapBound byWeight(long maximumWeight, Weigher<?, ?> weigher) {
        Objects.requireNonNull(weigher, "weigher");
        if (maximumWeight < 0) {
            throw new IllegalArgumentException("maximumWeight must not be negative: " + maximumWeight);
        }
        return new HeapBound(maximumWeight, weigher);
    }

    @Override
    public <K, V> Store<K, V> open(StoreContext<K, V> context) {
        return new HeapStore<>(context, this);
    }

    /** Hears of an entry that the map dropped to make room, within the step that drops it. */
    interface EvictionListener<K, V> {
        void evicted(K key, HeapEntry<V> entry);
    }

    <K, V> ConcurrentMap<K, Object> newMap(EvictionListener<K, V> onEviction) {
        if (maximum == UNBOUNDED) {
            return new ConcurrentHashMap<>();
        }
        RemovalListener<K, Object> listener = (key, held, cause) -> {
            if (cause == RemovalCause.SIZE && key != null && held != null) {
                onEviction.evicted(key, Held.entry(held));
            }
        };
        Caffeine<K, Object> builder =
                this.<K, V>bounded().executor(Runnable::run).evictionListener(listener);
        return builder.<K, Object>build().asMap();
    }

    @SuppressWarnings("unchecked") // Caffeine's builder narrows its types as it goes; ours are chosen here
    private <K, V> Caffeine<K, Object> bounded() {
        Caffeine<K, Object> builder = (Caffeine<K, Object>) (Caffeine<?, ?>) Caffeine.newBuilder();
        if (weigher == null) {
            return builder.maximumSize(maximum);
        }
        Weigher<? super K, ? super V> typed = (Weigher<? super K, ? super V>) weigher;
        return builder.maximumWeight(maximum)
                .weigher((key, held) -> weigh(typed, key, Held.<V>entry(held).value()));
    }

    private static <K, V> int weigh(Weigher<? super K, ? super V> weigher, K key, V value) {
        int weight = weigher.weigh(key, value);
        if (weight < 0) {
            throw new IllegalArgumentException(
                    "weigher " + weigher.getClass().getName() + " returned a negative weight: " + weight);
        }
        return weight;
    }
}
