package dev.larder.redis;

import dev.larder.store.StoreContext;
import java.time.Duration;

/** Contexts of stores whose deadline is not what a test is about: calls have time enough for a machine that stops a server, or a thread, for seconds. */
public final class PatientContext {

    /** How long a call may take. */
    public static final Duration DEADLINE = Duration.ofSeconds(30);

    private PatientContext() {}

    /** Returns a context that is the usual one but for the deadline. */
    public static <K, V> StoreContext<K, V> of(String name, Class<K> keyType, Class<V> valueType) {
        return StoreContext.of(name, keyType, valueType).withStoreDeadline(DEADLINE);
    }
}
