package dev.larder.redis.internal.store;

import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.link.Link;
import dev.larder.redis.internal.news.Announcer;
import dev.larder.redis.internal.news.Hearing;
import dev.larder.redis.internal.news.NewsChannels;
import dev.larder.redis.internal.news.NewsFeed;
import dev.larder.redis.internal.state.CacheState;
import dev.larder.store.Change;
import dev.larder.store.News.Wish;
import dev.larder.store.StoreListener;
import dev.larder.time.Clock;
import java.util.concurrent.ThreadLocalRandom;

/** What a store tells others of its changes, and hears of theirs. Safe for use by many threads. */
final class SharedNews<K, V> implements AutoCloseable {

    private final CacheState state;
    private final NewsFeed feed;
    private final Announcer announcer;
    private final Hearing<K, V> hearing;

    SharedNews(
            String cacheName,
            Link link,
            CacheState state,
            String prefix,
            Places<K, V> places,
            Calls calls,
            NewsFeed feed) {
        this.state = state;
        this.feed = feed;
        long origin = ThreadLocalRandom.current().nextLong();
        NewsChannels channels =
                new NewsChannels(prefix, places.codec(state.epoch()).space(), link, Clock.system());
        this.announcer = new Announcer(channels, link, origin);
        this.hearing = new Hearing<>(cacheName, channels, origin, new NewsReader<>(places, state, calls));
    }

    /** Whether somebody in some JVM wants to hear of changes. */
    boolean areWanted() {
        return state.wish() != Wish.NONE;
    }

    /** Returns what a script has to know to tell others of a change; nothing if nobody is to hear of it. */
    byte[][] announcement(Place<K, V> place, Change<V> change) {
        return announcer.arguments(place.wire(), change.isTold() ? state.wish() : Wish.NONE);
    }

    void listen(StoreListener<K, V> listener) {
        hearing.listen(listener);
    }

    void want(Wish wish) {
        hearing.want(wish);
        state.wish(this, wish);
        if (wish == Wish.NONE) {
            feed.remove(hearing);
        } else {
            feed.add(hearing);
        }
    }

    @Override
    public void close() {
        want(Wish.NONE);
        hearing.close();
    }
}
