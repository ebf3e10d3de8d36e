package dev.larder.redis.internal.link;

/**
 * Hears what is published on channels. It is called by the threads of connections, which answers of users' calls wait for as well: it must not block,
 * nor do more than note what it was told or start something elsewhere. What it throws is logged and does no harm.
 */
public interface Subscriber {

    /**
     * From now on messages of this channel come. Called for each time that the server begins to tell: at first, and after each
     * reconnection, failover or move of a slot; messages from before may have been lost. May be told more than once for one of these.
     */
    void subscribed(byte[] channel);

    /** Something was published. The arrays are the subscriber's own. Those of one channel come in the order in which they were published. */
    void message(byte[] channel, byte[] message);
}
