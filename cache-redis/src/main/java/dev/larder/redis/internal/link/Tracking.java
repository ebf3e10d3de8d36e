package dev.larder.redis.internal.link;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hears from servers when keys with a prefix change, by connections of its own (RESP3, {@code CLIENT TRACKING} with {@code BCAST}). */
public interface Tracking extends AutoCloseable {

    /**
     * Names who is told of each key that changed, or null if all may have. Called once; the listener is called by threads of the
     * connections and must not block.
     */
    void listen(Consumer<@Nullable ByteBuffer> listener);

    /** Sees to it that servers tell: they forget to when a connection is lost. Does nothing where they do already, or have refused to. */
    CompletionStage<?> arm();

    /**
     * Returns what some server said when it refused to tell, asked by the connection that there is now, or null if none did; it is asked again by the
     * next connection. The listener is called without a key when that may have changed.
     */
    @Nullable
    String refusal();

    /** Returns the link over which servers tell, which may be asked as well. */
    Link link();

    @Override
    void close();
}
