package dev.larder.redis.internal.link;

import io.lettuce.core.protocol.CommandWrapper;
import io.lettuce.core.protocol.RedisCommand;
import org.jspecify.annotations.Nullable;

/**
 * A command that was sent to the node that had its key by what was known of the cluster. If that node sends it elsewhere, it goes
 * there, and so on a few times.
 */
final class Redirected<T extends @Nullable Object> extends CommandWrapper<byte[], byte[], T> {

    private static final int MOST_REDIRECTIONS = 5;

    private final Route route;
    private final String host;
    private final int redirections;
    private boolean sent;

    /** Sends commands to where nodes say that they must go. */
    interface Route {

        /** Sends a command. It was not carried out until now; it is completed in any case. */
        void follow(Redirection redirection, Redirected<?> command);
    }

    /** Creates a command for the node at that host. */
    Redirected(RedisCommand<byte[], byte[], T> command, String host, Route route) {
        this(command, host, route, 0);
    }

    private Redirected(RedisCommand<byte[], byte[], T> command, String host, Route route, int redirections) {
        super(command);
        this.host = host;
        this.route = route;
        this.redirections = redirections;
    }

    /** Called by the thread of the connection. */
    @Override
    public void complete() {
        Redirection redirection = sent || redirections == MOST_REDIRECTIONS
                ? null
                : Redirection.of(getOutput().getError());
        if (redirection == null) {
            super.complete();
        } else {
            sent = true;
            getOutput().setError((String) null);
            String newHost = redirection.host().isEmpty() ? host : redirection.host();
            route.follow(redirection, new Redirected<>(command, newHost, route, redirections + 1));
        }
    }

    /** Returns the host of the node that it is for. */
    String host() {
        return host;
    }
}
