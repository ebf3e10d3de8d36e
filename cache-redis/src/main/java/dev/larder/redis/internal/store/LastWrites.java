package dev.larder.redis.internal.store;

import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.link.Link;
import dev.larder.redis.internal.link.Scripts;
import dev.larder.redis.internal.state.CacheState;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What was written a moment ago, in case that the server which said so is lost: another one that takes its place may never have heard of it, and
 * would answer with what had been replaced.
 *
 * <p>After such a succession the keys of the last writes are <em>doubtful</em>. Before anything is believed of one it is looked at: if it has the version that
 * was written here, or one that was to take the place of just that, or nothing, all is well; anything else is removed, since it may be older. Versions tell no order, so
 * what another JVM has written since is removed with it, which costs a miss.
 *
 * <p>What nobody here uses is looked at in the background, soon after the succession ({@link Settling}): a doubt that stayed would in the end take away what others have
 * written long after it. Keys of an epoch that is over are looked at no more.
 *
 * <p>Writes are remembered for {@value #MILLIS} ms at least and for twice that at most, or {@value #IDLE_MILLIS} ms while nothing more is written, as when the server is away;
 * but no more than the last {@value #MOST}. If more than {@value #MOST_DOUBTFUL} keys are doubtful, the cache is cleared. Safe for use by many threads.
 */
final class LastWrites {

    /** What a primary that is cut off may still say is done, until sentinels have made it a replica. */
    static final long MILLIS = 30_000;

    /** Outages end before that. Whoever writes so seldom must not, at the next succession, remove what others have written since. */
    static final long IDLE_MILLIS = 300_000;

    static final int MOST = 50_000;

    /** More than that, of several successions, and the cache is cleared instead. */
    static final int MOST_DOUBTFUL = 100_000;

    /** Of how many lost answers to one write after another is known what they may have left there: of no more than these, the last ones. */
    private static final int MOST_TRIES = 8;

    /** How many keys are looked at together: the queue of a connection has room for them, and for others. */
    private static final int PAGE = 1_000;

    /** The version of what was removed: whatever is found in its place may be older. */
    private static final long NONE = 0;

    private final Link link;
    private final Scripts scripts;
    private final CacheState state;
    private final Clock clock;
    private final int mostDoubtful;
    private volatile Runnable onDoubt = () -> {};

    private volatile Written recent;
    private volatile Written earlier;
    private final ConcurrentHashMap<ByteBuffer, Write> doubtful = new ConcurrentHashMap<>();
    private final AtomicInteger successions = new AtomicInteger();
    private final AtomicLong notes = new AtomicLong();

    private final AllDoubtful all;

    /**
     * A key as it is on the server, and the version that was written, 0 if it was removed; behind it those that were to take the place of just this one, or of one
     * another, and may have done so.
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody changes the array, and a write is equal to itself alone
    private record Write(byte[] key, long epoch, long number, long atMillis, List<Long> versions) {

        Write orSuccessor(long replaced, long version) {
            if (!versions.contains(replaced)) {
                return this;
            }
            List<Long> more = new ArrayList<>(versions);
            more.add(version);
            if (more.size() > 1 + MOST_TRIES) {
                more.remove(1); // behind what was written
            }
            return new Write(key, epoch, number, atMillis, more);
        }

        Write without(long successor) {
            List<Long> left = new ArrayList<>(versions);
            return left.subList(1, left.size()).remove(successor)
                    ? new Write(key, epoch, number, atMillis, left)
                    : this;
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

    /** Creates it for the cache of that state. */
    LastWrites(Link link, Scripts scripts, CacheState state, Clock clock) {
        this(link, scripts, state, clock, MOST_DOUBTFUL);
    }

    LastWrites(Link link, Scripts scripts, CacheState state, Clock clock, int mostDoubtful) {
        this.link = link;
        this.scripts = scripts;
        this.state = state;
        this.clock = clock;
        this.mostDoubtful = mostDoubtful;
        this.recent = new Written(clock.millis());
        this.earlier = recent;
        this.all = new AllDoubtful(state, clock, this::forget);
    }

    /** Names who is told when keys have become doubtful; he does not wait for anything. */
    void onDoubt(Runnable told) {
        onDoubt = told;
    }

    /** Keys have come to a server that may lack the last writes. */
    void succeeded(Predicate<byte[]> keys) {
        successions.incrementAndGet();
        forgetWhatIsOver();
        written().forEach(written -> doubt(written, keys));
        successions.incrementAndGet(); // whoever began meanwhile may have looked at a key before it became doubtful
        onDoubt.run();
    }

    /** Who still works in such an epoch finds that nothing in it is to be believed. */
    private void forgetWhatIsOver() {
        doubtful.values().removeIf(this::isOver);
    }

    private boolean isOver(Write write) {
        if (write.epoch == state.epoch()) {
            return false;
        }
        all.giveUp(write.epoch); // before its keys are doubtful no more
        return true;
    }

    private synchronized List<Written> written() {
        return earlier == recent ? List.of(recent) : List.of(earlier, recent);
    }

    private void doubt(Written written, Predicate<byte[]> keys) {
        if (doubtful.size() > mostDoubtful) {
            all.become();
            return;
        }
        long nowMillis = clock.millis();
        written.writes.forEach((key, write) -> {
            if (nowMillis - write.atMillis < IDLE_MILLIS && keys.test(write.key) && !isOver(write)) {
                doubtful.put(key, write);
            }
        });
        if (doubtful.size() > mostDoubtful) {
            all.become();
        }
    }

    /** Clears the cache if too many keys are doubtful; to be called before an operation takes an epoch to work in. */
    void clearIfAllAreDoubtful(Calls calls) {
        all.clear(calls);
    }

    private synchronized void forget() {
        recent = new Written(clock.millis());
        earlier = recent;
        doubtful.clear();
    }

    /** Notes a write, before its caller is told of it. */
    void note(Place<?, ?> place) {
        ByteBuffer key = keyOf(place);
        long nowMillis = clock.millis();
        Map<ByteBuffer, Write> writes = current(nowMillis).writes;
        Write write = writes.compute(key, (same, last) -> {
            boolean isNewer = isNewer(place, last == null ? earlier.writes.get(key) : last);
            long version = isNewer ? versionOf(place.version()) : NONE;
            long number = notes.incrementAndGet();
            return new Write(place.wire(), place.codec().space().epoch(), number, nowMillis, List.of(version));
        });
        // in this order, and the other way round in a succession: one of the two sees the other
        if (successions.get() != place.successions()) {
            doubtful.put(key, write);
            onDoubt.run();
        } else if (!doubtful.isEmpty()) {
            doubtful.computeIfPresent(key, (same, doubt) -> isOfTheLastSuccession(place) ? null : doubt);
        }
    }

    /**
     * Whether a write is surely newer than the last one that was noted: it began after that, or was tried in its place. Of two that were under way together nobody knows which the server made first, so neither of them
     * is believed.
     */
    private static boolean isNewer(Place<?, ?> place, @Nullable Write last) {
        return last == null || last.number <= place.notes() || last.versions.contains(versionOf(place.version()));
    }

    /**
     * Notes that a write is about to be tried which takes the place of one version and of no other (0 for no entry). Its answer may be lost: then what it left is newer than the last write that
     * was noted, and not to be removed for being another.
     */
    void tries(Place<?, ?> place, long replaced) {
        long version = versionOf(place.version());
        change(place, write -> write.orSuccessor(replaced, version));
    }

    /** Notes that such a write has changed nothing, as its answer says. */
    void refused(Place<?, ?> place) {
        long version = versionOf(place.version());
        change(place, write -> write.without(version));
    }

    private void change(Place<?, ?> place, UnaryOperator<Write> change) {
        ByteBuffer key = keyOf(place);
        written().forEach(written -> written.writes.computeIfPresent(key, (same, write) -> change.apply(write)));
        doubtful.computeIfPresent(key, (same, write) -> change.apply(write));
    }

    /** Whether no other succession has come since the operation began. */
    private boolean isOfTheLastSuccession(Place<?, ?> place) {
        return successions.get() == place.successions();
    }

    /** Takes that doubt from a key which was looked at, and none that has come meanwhile. */
    private void believe(Place<?, ?> place, @Nullable Write looked) {
        if (looked != null) {
            doubtful.computeIfPresent(
                    keyOf(place), (same, write) -> write.equals(looked) && isOfTheLastSuccession(place) ? null : write);
        }
    }

    private static long versionOf(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getLong();
    }

    private Written current(long nowMillis) {
        Written now = recent;
        return nowMillis - now.sinceMillis < MILLIS && now.writes.size() < MOST / 2 ? now : next(now);
    }

    private synchronized Written next(Written full) {
        if (recent == full) {
            earlier = full;
            recent = new Written(clock.millis());
        }
        return recent;
    }

    /** Looks at a key if it is doubtful; to be called before an operation on it begins. */
    <K, V> void settle(Place<K, V> place, Calls calls, TagVersions tags) {
        place.begin(successions.get(), notes.get());
        boolean isDoubtful = isDoubtful(place);
        requireOneToBelieve(place, Applied.NO); // in this order: when doubts are forgotten, it is the other way round
        if (isDoubtful) {
            look(List.of(place), calls, tags);
        }
    }

    /** Fails for who took an epoch to work in before that was given up. */
    private void requireOneToBelieve(Place<?, ?> place, Applied applied) {
        if (all.isConcerned(place.codec().space().epoch())) {
            throw succeeded(applied);
        }
    }

    private StoreException succeeded(Applied applied) {
        String step = applied == Applied.NO
                ? "; the operation may be tried again"
                : "; whether the operation was done is not known";
        return new StoreException(link.name() + " was succeeded by another server meanwhile" + step, applied, null);
    }

    /** Looks at those of many keys that are doubtful, all together. */
    <K, V> void settle(List<Place<K, V>> places, Calls calls, TagVersions tags) {
        int now = successions.get();
        long noted = notes.get();
        places.forEach(place -> place.begin(now, noted));
        List<Place<K, V>> looked = doubtful.isEmpty()
                ? List.of()
                : places.stream().filter(this::isDoubtful).toList();
        places.forEach(place -> requireOneToBelieve(place, Applied.NO));
        for (int from = 0; from < looked.size(); from += PAGE) {
            look(looked.subList(from, Math.min(looked.size(), from + PAGE)), calls, tags);
        }
    }

    /**
     * Looks at some doubtful keys that nobody has used; to be called in the background.
     *
     * @return whether there are more
     */
    <K, V> boolean settleSome(Places<K, V> places, Calls calls, TagVersions tags) {
        forgetWhatIsOver();
        if (!haveDoubts()) {
            return false;
        }
        List<Place<K, V>> some = doubtful.values().stream()
                .limit(PAGE)
                .map(write -> places.at(write.key, write.epoch))
                .toList();
        settle(some, calls, tags);
        return haveDoubts();
    }

    /** Whether there are doubtful keys that a look may settle. */
    boolean haveDoubts() {
        return !doubtful.isEmpty() && !all.isConcerned(state.epoch());
    }

    private boolean isDoubtful(Place<?, ?> place) {
        return !doubtful.isEmpty() && doubtful.containsKey(keyOf(place));
    }

    private static ByteBuffer keyOf(Place<?, ?> place) {
        return ByteBuffer.wrap(place.wire());
    }

    /** Two requests at most for each server: for what is there, and for what is to go. */
    private <K, V> void look(List<Place<K, V>> places, Calls calls, TagVersions tags) {
        Bulk bulk = new Bulk(link, scripts, calls);
        List<@Nullable Write> looked = new ArrayList<>();
        places.forEach(place -> looked.add(doubtful.get(keyOf(place))));
        List<byte @Nullable []> found =
                bulk.getLatest(places.stream().map(Place::wire).toList());
        List<ChangeCall<K, V>> removals = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            ChangeCall<K, V> removal = removal(places.get(i), found.get(i), tags);
            if (removal != null) {
                removals.add(removal);
            }
        }
        bulk.run(removals);
        for (int i = 0; i < places.size(); i++) {
            believe(places.get(i), looked.get(i));
        }
    }

    /** Returns what removes what was found, or null if it may stay. What is of another type is nothing that was written here, and no operation takes it for such. */
    private <K, V> @Nullable ChangeCall<K, V> removal(Place<K, V> place, byte @Nullable [] found, TagVersions tags) {
        Write write = doubtful.get(keyOf(place));
        if (write == null
                || found == null
                || found.length == 0
                || write.versions.contains(versionOf(StoredSlot.of(found).version()))) {
            return null;
        }
        RedisEntry<V> entry = place.entry(found, RedisEntry.UNKNOWN, tags);
        return entry == null
                ? null
                : new ChangeCall<>(place, Change.<V>remove().ifUnchanged(entry), tags, false, ChangeCall.UNTOLD);
    }

    /** Fails if what an operation has found at a key may come from a server that lacks the last write: it began before the key became doubtful. */
    void requireSettled(Place<?, ?> place, Applied applied) {
        if (successions.get() != place.successions()) {
            requireOneToBelieve(place, applied);
            if (isDoubtful(place)) {
                throw succeeded(applied);
            }
        }
    }
}
