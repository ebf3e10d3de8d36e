package dev.larder.spring.session;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the sessions that requests of this JVM have in hand, by the keys of their records.
 *
 * <p>An id is known here for as long as somebody keeps what {@link #hold} returned; nothing needs to be told when a request ends.
 * Safe for use by many threads.
 */
final class SessionsInUse {

    private final ConcurrentMap<String, Use> byKey = new ConcurrentHashMap<>();
    private final ReferenceQueue<HeldId> gone = new ReferenceQueue<>();

    /** Makes the id whose hash that key is known until the result, which all requests with that session share, is garbage. */
    HeldId hold(String key, String id) {
        forgetUnused();
        HeldId fresh = new HeldId(id);
        while (true) {
            Use use = byKey.computeIfAbsent(key, absent -> new Use(key, fresh, gone));
            HeldId held = use.get();
            if (held != null) {
                return held;
            }
            byKey.remove(key, use);
        }
    }

    /** Returns the id of the session of that record, or null if nobody has it in hand. */
    @Nullable
    HeldId find(String key) {
        Use use = byKey.get(key);
        return use == null ? null : use.get();
    }

    int size() {
        forgetUnused();
        return byKey.size();
    }

    private void forgetUnused() {
        for (Object unused = gone.poll(); unused != null; unused = gone.poll()) {
            // Only this one: the session may be in use again.
            byKey.remove(((Use) unused).key, unused);
        }
    }

    /** An id, compared by identity: who has this object keeps the id known. */
    static final class HeldId {
        private final String id;

        /** An id that only who has this knows. */
        HeldId(String id) {
            this.id = id;
        }

        String id() {
            return id;
        }
    }

    private static final class Use extends WeakReference<HeldId> {
        private final String key;

        Use(String key, HeldId id, ReferenceQueue<HeldId> gone) {
            super(id, gone);
            this.key = key;
        }
    }
}
