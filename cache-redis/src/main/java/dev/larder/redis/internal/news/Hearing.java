package dev.larder.redis.internal.news;

import dev.larder.store.News;
import dev.larder.store.News.Wish;
import dev.larder.store.StoreListener;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Hears of a cache for one store, and passes on what others changed. Connections only put messages on its queue; a thread of its own reads them, as that runs codecs.
 *
 * <p>No more than {@value #MOST_BYTES} bytes wait. What comes then is dropped, and so is what cannot be read; both are counted, and logged now and
 * then. Safe for use by many threads.
 */
public final class Hearing<K, V> implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(Hearing.class.getName());
    static final long MOST_BYTES = 64L << 20;

    /** What a message takes besides its bytes, about. */
    private static final int OVERHEAD_BYTES = 200;

    private final String cacheName;
    private final NewsChannels channels;
    private final byte[] own;
    private final Function<Message, @Nullable News<K, V>> reader;
    private final ThreadPoolExecutor reading = Workers.one("larder-redis-news-reader");
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    /** Guarded by this, so that nothing is told after somebody wants nothing. */
    private @Nullable StoreListener<K, V> listener;

    private Wish wish = Wish.NONE;

    /**
     * Creates one that nobody listens to.
     *
     * @param origin the random number that the store announces its own changes with
     * @param reader makes news of a message, or null if it is none of the cache as it is now; may take its time
     */
    public Hearing(
            String cacheName, NewsChannels channels, long origin, Function<Message, @Nullable News<K, V>> reader) {
        this.cacheName = cacheName;
        this.channels = channels;
        this.own = Message.start(origin);
        this.reader = reader;
    }

    /** Names who hears. */
    public synchronized void listen(StoreListener<K, V> newListener) {
        listener = newListener;
    }

    /** Says what that wants to hear; of the rest it hears nothing from now on. */
    public synchronized void want(Wish newWish) {
        wish = newWish;
    }

    private synchronized void tell(News<K, V> news) {
        StoreListener<K, V> told = listener;
        if (told != null && wish != Wish.NONE) {
            told.changed(wish == Wish.CHANGES_WITH_PREVIOUS ? news : withoutPrevious(news));
        }
    }

    private static <K, V> News<K, V> withoutPrevious(News<K, V> news) {
        return new News<>(news.kind(), news.key(), news.value(), null);
    }

    /** Returns how many messages were dropped. */
    public long dropped() {
        return dropped.get();
    }

    Set<ByteBuffer> channels() {
        return channels.all();
    }

    /** Takes a message; called by connections. */
    void hear(byte[] message) {
        if (Message.isFrom(own, message)) {
            return;
        }
        long size = (long) message.length + OVERHEAD_BYTES;
        if (waitingBytes.addAndGet(size) > MOST_BYTES) {
            waitingBytes.addAndGet(-size);
            drop("too many wait");
            return;
        }
        try {
            reading.execute(() -> {
                waitingBytes.addAndGet(-size);
                read(message);
            });
        } catch (RejectedExecutionException e) {
            waitingBytes.addAndGet(-size); // closed
        }
    }

    private void read(byte[] bytes) {
        Message message = Message.of(bytes);
        if (message == null) {
            drop("it is none of ours");
            return;
        }
        try {
            News<K, V> news = reader.apply(message);
            if (news != null) {
                tell(news);
            }
        } catch (RuntimeException | StackOverflowError e) {
            drop(String.valueOf(e.getMessage()));
        }
    }

    private void drop(String reason) {
        long count = dropped.incrementAndGet();
        // the first, the second, the fourth, the eighth ...
        if (Long.bitCount(count) == 1) {
            LOGGER.log(
                    Level.WARNING,
                    "cache \"" + cacheName + "\": " + count
                            + " messages on changes of other JVMs were dropped so far; the last because " + reason);
        }
    }

    @Override
    public void close() {
        want(Wish.NONE);
        reading.getQueue().clear();
        reading.shutdown();
    }
}
