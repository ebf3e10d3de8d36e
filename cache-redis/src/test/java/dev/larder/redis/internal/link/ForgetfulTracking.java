package dev.larder.redis.internal.link;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tracking of a cluster without a part of what makes servers tell. They are asked once a second all the same, as ever. */
public final class ForgetfulTracking implements Tracking {

    private final Tracking intact;
    private final ClusterLink link;
    private final TrackingOrder order;
    private boolean ordered;

    private ForgetfulTracking(Tracking intact, TrackingOrder order, boolean ordered) {
        this.intact = intact;
        this.link = (ClusterLink) intact.link();
        this.order = order;
        this.ordered = ordered;
        link.onPush(order::read);
    }

    /** Returns one that orders no server to tell. */
    public static Tracking never(Tracking intact, String prefix) {
        return new ForgetfulTracking(intact, new TrackingOrder(prefix), true);
    }

    /** Returns one that orders it once, by the connections to primaries that there are then, and not when they were lost or others were promoted. */
    public static Tracking once(Tracking intact, String prefix) {
        return new ForgetfulTracking(intact, new TrackingOrder(prefix), false);
    }

    @Override
    public void listen(Consumer<@Nullable ByteBuffer> listener) {
        order.listen(listener);
    }

    @Override
    public synchronized CompletionStage<?> arm() {
        if (ordered) {
            return CompletableFuture.completedFuture(null);
        }
        ordered = true;
        return CompletableFuture.allOf(
                link.openPrimaries().stream().map(order::give).toArray(CompletableFuture<?>[]::new));
    }

    @Override
    public @Nullable String refusal() {
        return null;
    }

    @Override
    public Link link() {
        return link;
    }

    @Override
    public void close() {
        intact.close();
    }
}
