package dev.larder.redis.internal.link;

import io.lettuce.core.api.push.PushMessage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Passes on which keys servers say have changed. */
final class Pushes {

    private volatile @Nullable Consumer<@Nullable ByteBuffer> listener;

    void listen(Consumer<@Nullable ByteBuffer> newListener) {
        listener = newListener;
    }

    /** Takes a message of a server, which may be about something else. */
    void pushed(PushMessage message) {
        if (!message.getType().equals("invalidate")) {
            return;
        }
        if (message.getContent().get(1) instanceof List<?> keys) {
            keys.forEach(key -> tell((ByteBuffer) key));
        } else {
            missed();
        }
    }

    /** Says that anything may have changed without word. */
    void missed() {
        tell(null);
    }

    private void tell(@Nullable ByteBuffer key) {
        Consumer<@Nullable ByteBuffer> told = listener;
        if (told != null) {
            told.accept(key);
        }
    }
}
