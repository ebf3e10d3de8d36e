package dev.larder.conformance.awkward;

import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.TagVersions;
import dev.larder.store.Tags;
import dev.larder.time.Clock;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands for a server: slow, in nobody's order, with a clock of its own, shared by all who know its name, and failing on
 * demand. It knows bytes and one change: put this slot in the place of that one. And it numbers invalidations of tags, and forgets what
 * these make old when it is asked for it.
 */
public final class AwkwardServer {

    /** How a request ends. */
    public enum Mood {
        /** It is answered. */
        WELL,
        /** It never reaches the server, and the caller knows. */
        DOWN,
        /** It is done, but the answer is lost. */
        ANSWER_LOST,
        /** It is lost, but nobody knows. */
        QUESTION_LOST
    }

    private static final Map<String, AwkwardServer> SERVERS = new ConcurrentHashMap<>();

    /** The slots of each cache; guarded by this. */
    private final Map<String, Map<ByteBuffer, Slot>> caches = new HashMap<>();

    /** Those of each cache, for good: who has a number of one must not meet it again; guarded by this. */
    private final Map<String, TagVersions> versions = new HashMap<>();

    private volatile Clock clock = Clock.system();
    private volatile long delayNanos = 1_000_000;
    private volatile Mood mood = Mood.WELL;

    /**
     * What is at a key. A lease over an entry, or over nothing if there is no frame, is at the key itself, and what it stands
     * over ends with it.
     *
     * @param version the identity of the entry, which a touch keeps
     * @param lease zero for none, negative for one to write
     * @param tags those of the entry, and as of which invalidation it was up to date
     */
    record Slot(
            @Nullable ByteBuffer frame, long version, long deadlineMillis, long lease, long leaseEndMillis, Tags tags) {

        boolean isLeasedAt(long nowMillis) {
            return lease != 0 && nowMillis < leaseEndMillis && nowMillis < deadlineMillis;
        }

        boolean isLiveAt(long nowMillis) {
            return frame != null && nowMillis < deadlineMillis && (lease == 0 || isLeasedAt(nowMillis));
        }

        Slot until(long newDeadlineMillis) {
            return new Slot(frame, version, newDeadlineMillis, lease, leaseEndMillis, tags);
        }

        Slot leased(long newLease, long newLeaseEndMillis) {
            return new Slot(frame, version, deadlineMillis, newLease, newLeaseEndMillis, tags);
        }
    }

    /** A slot, or none, and the server's time and last invalidation. */
    record Reply(@Nullable Slot slot, long nowMillis, long tagNumber) {}

    private AwkwardServer() {}

    /** Returns the server of that name, which is there from when it is first asked for. */
    public static AwkwardServer named(String name) {
        return SERVERS.computeIfAbsent(name, unused -> new AwkwardServer());
    }

    /** Shuts a server down for good. */
    public static void forget(String name) {
        SERVERS.remove(name);
    }

    /** Lets the server live by a clock that a test moves, and answer without delay. */
    public void liveBy(Clock newClock) {
        clock = () -> newClock.nanos() + 3_000_000_000L;
        delayNanos = 0;
    }

    /** Lets all requests from now on end like this. */
    public void turn(Mood newMood) {
        mood = newMood;
    }

    long nowMillis() {
        return clock.millis();
    }

    List<Reply> get(String cache, List<ByteBuffer> keys) {
        return request(Applied.NO, () -> {
            List<Reply> replies = new ArrayList<>();
            long tagNumber = versions(cache).number();
            keys.forEach(key -> replies.add(new Reply(slot(cache, key), nowMillis(), tagNumber)));
            return replies;
        });
    }

    /** Puts a slot in the place of another, null standing for none; tells whether it was still there, and as live. */
    boolean swap(String cache, ByteBuffer key, Reply found, @Nullable Slot next) {
        return request(Applied.UNKNOWN, () -> {
            Slot there = slot(cache, key);
            if (!Objects.equals(there, found.slot())
                    || isLive(there, nowMillis()) != isLive(there, found.nowMillis())) {
                return false;
            }
            slots(cache).compute(key, (k, old) -> next);
            return true;
        });
    }

    private static boolean isLive(@Nullable Slot slot, long nowMillis) {
        return slot != null && slot.isLiveAt(nowMillis);
    }

    /** Returns the keys of a cache, in no order. */
    List<ByteBuffer> keys(String cache) {
        return request(Applied.NO, () -> {
            List<ByteBuffer> keys = new ArrayList<>(slots(cache).keySet());
            Collections.shuffle(keys);
            return keys;
        });
    }

    void clear(String cache) {
        request(Applied.UNKNOWN, () -> caches.remove(cache) != null);
    }

    /** Invalidates tags, and returns the number of that. */
    long invalidateTags(String cache, Set<String> tags) {
        return request(Applied.UNKNOWN, () -> {
            versions(cache).invalidate(tags);
            return versions(cache).number();
        });
    }

    private TagVersions versions(String cache) {
        return versions.computeIfAbsent(cache, unused -> new TagVersions());
    }

    /** Returns what is at a key, after having dropped it if it is out of date. */
    private @Nullable Slot slot(String cache, ByteBuffer key) {
        return slots(cache).computeIfPresent(key, (k, slot) -> {
            Tags tags = slot.tags();
            return versions(cache).isUpToDate(tags.names(), tags.asOf()) ? slot : null;
        });
    }

    private Map<ByteBuffer, Slot> slots(String cache) {
        return caches.computeIfAbsent(cache, unused -> new HashMap<>());
    }

    /** Does what is asked, unless the mood is against it. */
    private <R> R request(Applied whenLost, Supplier<R> command) {
        LockSupport.parkNanos(delayNanos);
        Mood now = mood;
        if (now == Mood.DOWN) {
            throw new StoreException("the awkward server is down", Applied.NO, null);
        }
        R answer = null;
        if (now != Mood.QUESTION_LOST) {
            synchronized (this) {
                answer = command.get();
            }
        }
        if (answer == null || now == Mood.ANSWER_LOST) {
            throw new StoreException("the awkward server did not answer in time", whenLost, null);
        }
        return answer;
    }
}
