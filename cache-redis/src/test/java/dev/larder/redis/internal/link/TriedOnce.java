package dev.larder.redis.internal.link;

import dev.larder.store.StoreException;
import io.lettuce.core.RedisClient;
import java.net.URI;

/** Links whose replica is not tried again when it was not there. */
public final class TriedOnce {

    private TriedOnce() {}

    /** Adds the reads of a replica to a link to its primary, if it is there now. */
    public static Link over(Link primary, Client<RedisClient> client, URI replica) {
        try {
            return new WithReaders(primary, StandaloneLink.toReplica(client, replica));
        } catch (StoreException e) {
            return primary;
        }
    }
}
