package dev.larder.redis.internal.link;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Tells of keys that may have come to a server which lacks the last writes to them: a replica that was promoted, a server that was started again
 * with what its disk had. Told before anything that such a server answers is handed to a caller.
 *
 * <p>Safe for use by many threads; who is told does not wait for anything, and asks no server.
 */
public final class Successions {

    private final List<Consumer<Predicate<byte[]>>> followers = new CopyOnWriteArrayList<>();

    /** Lets somebody hear of successions from now on: each time of which keys on the server it is about. */
    public void follow(Consumer<Predicate<byte[]>> follower) {
        followers.add(follower);
    }

    /** Ends that. */
    public void unfollow(Consumer<Predicate<byte[]>> follower) {
        followers.remove(follower);
    }

    void tell(Predicate<byte[]> keys) {
        followers.forEach(follower -> follower.accept(keys));
    }
}
