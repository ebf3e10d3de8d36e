package dev.larder.patterns.session.internal.record;

import dev.larder.jcache.LarderEntry;
import java.time.Duration;
import javax.cache.processor.MutableEntry;

/** Sets it on entries of Larder; apart, because whoever has another provider need not have cache-jcache. */
final class LarderTtl implements EntryTtl {

    private static final Duration FOREVER = Duration.ofDays(36_500);

    /** Fails where there is no Larder, and not later. */
    private final Class<?> type = LarderEntry.class;

    @Override
    public void set(MutableEntry<?, ?> entry, long millis) {
        try {
            ((LarderEntry<?, ?>) entry.unwrap(type))
                    .setTtl(millis == Times.NEVER ? FOREVER : Duration.ofMillis(millis));
        } catch (IllegalArgumentException anotherProvider) {
            // its cache's own expiry must do
        }
    }
}
