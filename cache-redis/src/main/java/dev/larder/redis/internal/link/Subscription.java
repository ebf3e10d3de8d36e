package dev.larder.redis.internal.link;

/**
 * Connections of its own by which a {@link Subscriber} hears of channels, as long as this is open and whatever happens to the connections. Safe for use by
 * many threads; nothing here waits for a server.
 */
public interface Subscription extends AutoCloseable {

    /**
     * Begins to hear of a channel. The subscriber is told when the server has agreed; if it cannot now, it is asked again each second.
     */
    void subscribe(byte[] channel);

    /** Hears of a channel no more. */
    void unsubscribe(byte[] channel);

    /** Ends the connections. The subscriber is not called any more, but for what is under way. */
    @Override
    void close();
}
