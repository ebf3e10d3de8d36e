package dev.larder.redis.internal.news;

import dev.larder.redis.internal.link.Link;
import dev.larder.store.News.Wish;
import java.nio.charset.StandardCharsets;

/** Says what a script needs to know to tell others of the change that it makes. Safe for use by many threads. */
public final class Announcer {

    private static final byte[][] NOBODY = {};
    private static final byte[] OLD = {'o'};
    private static final byte[] NO_OLD = {};

    private final NewsChannels channels;
    private final byte[] command;
    private final byte[] start;

    /**
     * Creates one for the changes that one store makes.
     *
     * @param origin a random number, by which the store knows its own
     */
    public Announcer(NewsChannels channels, Link link, long origin) {
        this.channels = channels;
        this.command = link.publish().getBytes(StandardCharsets.US_ASCII);
        this.start = Message.start(origin);
    }

    /** Returns the last arguments of a script that changes a key; none if nobody wants to hear of that. */
    public byte[][] arguments(byte[] key, Wish wish) {
        return wish == Wish.NONE
                ? NOBODY
                : new byte[][] {command, channels.of(key), start, wish == Wish.CHANGES ? NO_OLD : OLD};
    }
}
