package dev.larder.redis.internal.store;

import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.link.Calls.Kind;
import dev.larder.redis.internal.link.Link;
import dev.larder.redis.internal.link.Scripts;
import dev.larder.redis.internal.link.ServerRefusal;
import dev.larder.store.Change;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.TagVersions;
import dev.larder.time.Clock;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What was written a moment ago, in case that the server which said so is lost: another one that takes its place may never have heard of it, and
 * would answer with what had been replaced.
 *
 * <p>After such a succession the keys of the last writes are <em>doubtful</em>. Before anything is believed of one it is looked at: if it has the version that
 * was written here, or one that was to take the place of just that, or nothing, all is well; anything else is removed, since it may be older. Versions tell no order, so
 * what another JVM has written since is removed with it, which costs a miss.
 *
 * <p>Writes are remembered for {@value #MILLIS} ms at least, but no more than the last {@value #MOST}. Safe for use by many threads.
 */
final class LastWrites {

    /** What a primary that is cut off may still say is done, until sentinels have made it a replica. */
    static final long MILLIS = 30_000;

    static final int MOST = 50_000;

    private final Link link;
    private final Scripts scripts;
    private final Clock clock;

    private volatile Written recent;
    private volatile Written earlier;
    private final ConcurrentHashMap<ByteBuffer, Write> doubtful = new ConcurrentHashMap<>();
    private final AtomicInteger successions = new AtomicInteger();

    /**
     * A key as it is on the server, and the version that was written, 0 if it was removed; behind it those that were to take the place of just this one, or of one
     * another, and may have done so.
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody changes the array, and a write is equal to itself alone
    private record Write(byte[] key, List<Long> versions) {

        Write orSuccessor(long replaced, long version) {
            if (!versions.contains(replaced)) {
                return this;
            }
            List<Long> more = new ArrayList<>(versions);
            more.add(version);
            return new Write(key, more);
        }
    }

    /** The last write to each key, from some moment on. */
    private static final class Written {

        private final long sinceMillis;
        private final Map<ByteBuffer, Write> writes = new ConcurrentHashMap<>();

        Written(long sinceMillis) {
            this.sinceMillis = sinceMillis;
        }
    }

    LastWrites(Link link, Scripts scripts, Clock clock) {
        this.link = link;
        this.scripts = scripts;
        this.clock = clock;
        this.recent = new Written(clock.millis());
        this.earlier = recent;
    }

    /** Keys have come to a server that may lack the last writes. */
    void succeeded(Predicate<byte[]> keys) {
        successions.incrementAndGet();
        written().forEach(written -> doubt(written, keys));
        successions.incrementAndGet(); // whoever began meanwhile may have looked at a key before it became doubtful
    }

    private synchronized List<Written> written() {
        return List.of(earlier, recent);
    }

    private void doubt(Written written, Predicate<byte[]> keys) {
        written.writes.forEach((key, write) -> {
            if (keys.test(write.key)) {
                doubtful.put(key, write);
            }
        });
    }

    /** Notes a write, before its caller is told of it. */
    void note(Place<?, ?> place) {
        ByteBuffer key = ByteBuffer.wrap(place.wire());
        Write write = new Write(place.wire(), List.of(versionOf(place.version())));
        current().writes.put(key, write);
        // in this order, and the other way round in a succession: one of the two sees the other
        if (successions.get() != place.successions()) {
            doubtful.put(key, write);
        } else if (!doubtful.isEmpty()) {
            believe(key, place);
        }
    }

    /**
     * Notes that a write is about to be tried which takes the place of one version and of no other (0 for no entry). Its answer may be lost: then what it left is newer than the last write that
     * was noted, and not to be removed for being another.
     */
    void tries(Place<?, ?> place, long replaced) {
        ByteBuffer key = ByteBuffer.wrap(place.wire());
        long version = versionOf(place.version());
        written()
                .forEach(written ->
                        written.writes.computeIfPresent(key, (same, write) -> write.orSuccessor(replaced, version)));
        doubtful.computeIfPresent(key, (same, write) -> write.orSuccessor(replaced, version));
    }

    /** Takes the doubt from a key, unless another succession has come since the operation began. */
    private void believe(ByteBuffer key, Place<?, ?> place) {
        doubtful.computeIfPresent(key, (same, write) -> successions.get() == place.successions() ? null : write);
    }

    private static long versionOf(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getLong();
    }

    private Written current() {
        Written now = recent;
        return clock.millis() - now.sinceMillis < MILLIS && now.writes.size() < MOST / 2 ? now : next(now);
    }

    private synchronized Written next(Written full) {
        if (recent == full) {
            earlier = full;
            recent = new Written(clock.millis());
        }
        return recent;
    }

    /** Looks at a key if it is doubtful; to be called before an operation on it begins. */
    void settle(Place<?, ?> place, Calls calls, TagVersions tags) {
        place.begin(successions.get());
        if (!doubtful.isEmpty()) {
            ByteBuffer key = ByteBuffer.wrap(place.wire());
            Write write = doubtful.get(key);
            if (write != null) {
                look(place, write.versions, calls, tags);
                believe(key, place);
            }
        }
    }

    private <K, V> void look(Place<K, V> place, List<Long> versions, Calls calls, TagVersions tags) {
        byte[] found = found(place, calls);
        if (found == null || versions.contains(versionOf(StoredSlot.of(found).version()))) {
            return;
        }
        RedisEntry<V> entry = place.entry(found, RedisEntry.UNKNOWN, tags);
        if (entry != null) {
            Change<V> removal = Change.<V>remove().ifUnchanged(entry);
            Bulk.run(new ChangeCall<>(place, removal, tags, false, ChangeCall.UNTOLD), scripts, calls);
        }
    }

    /** What is of another type is nothing that was written here, and no operation takes it for such. */
    private byte @Nullable [] found(Place<?, ?> place, Calls calls) {
        try {
            return calls.<byte @Nullable []>make(
                    "GET", Kind.READ, () -> link.commands().get(place.wire()));
        } catch (ServerRefusal refusal) {
            if (refusal.isOfOtherType()) {
                return null;
            }
            throw refusal;
        }
    }

    /** Fails if what an operation has found at a key may come from a server that lacks the last write: it began before the key became doubtful. */
    void requireSettled(Place<?, ?> place, Applied applied) {
        if (successions.get() != place.successions() && doubtful.containsKey(ByteBuffer.wrap(place.wire()))) {
            throw new StoreException(link.name() + " was succeeded by another server meanwhile", applied, null);
        }
    }
}
