package dev.larder.redis.internal.store;

import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.news.Message;
import dev.larder.redis.internal.state.CacheState;
import dev.larder.store.Entry;
import dev.larder.store.News;
import dev.larder.store.News.Kind;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what others published of a cache, in the epoch that it has now. For one thread. */
final class NewsReader<K, V> implements Function<Message, @Nullable News<K, V>> {

    private final Places<K, V> places;
    private final CacheState state;
    private final Calls calls;

    /** The last epoch that was found to be over. */
    private @Nullable Long over;

    NewsReader(Places<K, V> places, CacheState state, Calls calls) {
        this.places = places;
        this.state = state;
        this.calls = calls;
    }

    /**
     * Returns the news, or null if a clear has overtaken them, they were taken back, or there is nothing to tell.
     *
     * @throws IllegalArgumentException if they cannot be read
     */
    @Override
    public @Nullable News<K, V> apply(Message message) {
        Long epoch = places.epochOf(message.key());
        if (epoch == null) {
            throw new IllegalArgumentException("its key is none of the cache's");
        }
        return isOver(epoch) ? null : news(message, places.at(message.key(), epoch));
    }

    /** An epoch that is not known here may be over, or the next one. */
    private boolean isOver(Long epoch) {
        if (epoch != state.epoch() && !epoch.equals(over)) {
            state.refresh(calls.ofOneOperation());
        }
        if (epoch == state.epoch()) {
            return false;
        }
        over = epoch;
        return true;
    }

    private @Nullable News<K, V> news(Message message, Place<K, V> place) {
        K key = places.keyOf(place.wire(), place.codec().space().epoch());
        V value = value(place, message.stored());
        boolean hasValue = message.kind() == Kind.CREATED || message.kind() == Kind.UPDATED;
        if (key == null || (value == null) == hasValue) {
            throw new IllegalArgumentException("its key or value cannot be read");
        }
        V previous = value(place, message.previous());
        if (message.previous() == null || previous != null) {
            return new News<>(message.kind(), key, value, previous);
        }
        // what was there could not be read, and so was nothing, which cannot be replaced
        return hasValue && !message.replaces()
                ? new News<>(Kind.CREATED, key, Objects.requireNonNull(value), null)
                : null;
    }

    private @Nullable V value(Place<K, V> place, byte @Nullable [] stored) {
        byte[] frame = stored == null ? null : StoredSlot.of(stored).frame();
        RedisEntry<V> entry = frame == null ? null : place.read(frame, Entry.UNKNOWN);
        return entry == null ? null : entry.value();
    }
}
