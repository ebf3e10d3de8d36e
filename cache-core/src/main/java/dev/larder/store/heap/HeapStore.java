package dev.larder.store.heap;

import dev.larder.store.Change;
import dev.larder.store.Cursor;
import dev.larder.store.Entry;
import dev.larder.store.LeaseResult;
import dev.larder.store.Outcome;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.store.StoreListener;
import dev.larder.store.StoreTraits;
import dev.larder.store.TagVersions;
import dev.larder.store.Tags;
import dev.larder.store.Ttl;
import dev.larder.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps entries on the heap: without a bound, or bounded by number or weight with Caffeine's eviction.
 *
 * <p>Values are the caller's own objects; whoever wants copies makes them before. Reading takes no lock, allocates
 * nothing, and reads the clock only for an entry that has a deadline.
 *
 * <p><b>How it works.</b> A {@link ConcurrentMap} has the value of each key, in the form that {@link Held} describes, and what
 * it has is its own version. A change is a loop of read, decide, compare-and-set: no code of anybody else runs while a place in the map is
 * held. A deadline is moved within the entry, see {@link ExpiringEntry}; dead entries are dropped by writes that find
 * them and by the {@link ExpirySweeper}. An entry with tags is a {@link TaggedEntry}, and dead once it is found to be
 * invalidated. Leases stand in a {@link LeaseTable}. A clear puts an empty map in the place of
 * the old one: a change that had the old one in its hand happened before the clear.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class HeapStore<K, V> implements Store<K, V> {

    private static final StoreTraits TRAITS =
            new StoreTraits(false, false, false, true, StoreTraits.ExpiryNews.VALUE, false, true, true);

    /** Stands for a reading of the clock that no entry has called for yet. */
    private static final long NOT_READ = -1;

    private final String name;
    private final Clock clock;
    private final Answers<V> answers;
    private final Supplier<EntryMap<K, V>> newEntries;
    private final @Nullable HeapLeases<K, V> leases;
    private final ExpirySweeper sweeper;
    private final Horizon horizon;
    private volatile @Nullable StoreListener<K, V> listener;

    /** Made when tags are first used; written under the lock of this. */
    private volatile @Nullable TagVersions tagVersions;

    /** The entries; null once closed. */
    private volatile @Nullable EntryMap<K, V> current;

    HeapStore(StoreContext<K, V> context, HeapBound bound) {
        name = context.name();
        clock = context.clock();
        answers = new Answers<>(context.needsDeadline());
        leases = context.leases() ? new HeapLeases<>(clock, answers) : null;
        sweeper = new ExpirySweeper(clock, context.timer(), context.executor(), this);
        horizon = new Horizon(clock, context.timer(), context.executor());
        newEntries = () -> new EntryMap<>(bound.newMap(this::onEviction), sweeper, () -> listener);
        current = newEntries.get();
    }

    /** Returns a factory of stores that hold as much as the heap does. */
    public static StoreFactory unbounded() {
        return HeapBound.NONE;
    }

    /**
     * Returns a factory of stores that hold at most about that many entries.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public static StoreFactory ofMaximumSize(long maximumSize) {
        return HeapBound.bySize(maximumSize);
    }

    /**
     * Returns a factory of stores whose entries weigh at most about that much together.
     *
     * @throws IllegalArgumentException if the weight is negative
     */
    public static StoreFactory ofMaximumWeight(long maximumWeight, Weigher<?, ?> weigher) {
        return HeapBound.byWeight(maximumWeight, weigher);
    }

    @Override
    public @Nullable Entry<V> read(K key) {
        HeapEntry<V> found = open().find(key);
        return found == null ? null : liveAt(found, nowFor(found, NOT_READ));
    }

    @Override
    @SuppressWarnings("unchecked") // what is held plainly is a V
    public @Nullable V readValue(K key) {
        EntryMap<K, V> entries = open();
        Object held = entries.findHeld(key);
        return held == null || !entries.wraps() ? (V) held : liveValue(held);
    }

    @SuppressWarnings("unchecked") // the same, or an entry with one
    private @Nullable V liveValue(Object held) {
        if (!(held instanceof ExpiringEntry)) {
            return (V) held;
        }
        ExpiringEntry<V> found = (ExpiringEntry<V>) held;
        if (found.getClass() != ExpiringEntry.class) {
            return rareValue(found);
        }
        return horizon.hasPassed(found.deadlineMillis()) ? null : found.value();
    }

    /** Returns the value of an entry that may have tags, and no deadline. */
    private @Nullable V rareValue(ExpiringEntry<V> rare) {
        long deadline = Held.<V>entry(rare).deadlineMillis();
        return deadline != Long.MAX_VALUE && horizon.hasPassed(deadline) ? null : rare.value();
    }

    @Override
    public @Nullable Entry<V> readAndTouch(K key, Ttl ttl) {
        return ttl.isUnchanged() ? read(key) : readAndTouch(open(), key, ttl, NOT_READ);
    }

    private @Nullable Entry<V> readAndTouch(EntryMap<K, V> entries, K key, Ttl ttl, long knownNow) {
        for (; ; ) {
            HeapEntry<V> found = entries.find(key);
            if (found == null) {
                return null;
            }
            long now = ttl.isFinite() && knownNow == NOT_READ ? clock.millis() : nowFor(found, knownNow);
            Entry<V> live = liveAt(found, now);
            if (live == null || (ttl.isExpired() ? entries.expire(key, found) : entries.touch(key, found, ttl, now))) {
                return live;
            }
        }
    }

    @Override
    public Map<K, Entry<V>> readAll(Set<? extends K> keys, Ttl touch) {
        EntryMap<K, V> entries = open();
        Map<K, Entry<V>> all = new HashMap<>(keys.size() * 2);
        long now = touch.isFinite() ? clock.millis() : NOT_READ;
        for (K key : keys) {
            HeapEntry<V> found = entries.find(key);
            now = nowFor(found, now);
            Entry<V> live =
                    found == null || touch.isUnchanged() ? liveAt(found, now) : readAndTouch(entries, key, touch, now);
            if (live != null) {
                all.put(key, live);
            }
        }
        return all;
    }

    @Override
    public Map<K, V> readAllValues(Set<? extends K> keys, Ttl touch) {
        return touch.isUnchanged() ? readAllValues(open(), keys) : Store.super.readAllValues(keys, touch);
    }

    private Map<K, V> readAllValues(EntryMap<K, V> entries, Set<? extends K> keys) {
        Map<K, V> all = new HashMap<>(keys.size() * 2);
        long now = NOT_READ;
        for (K key : keys) {
            Object held = entries.findHeld(key);
            if (held != null) {
                HeapEntry<V> found = Held.entry(held);
                now = nowFor(found, now);
                if (found.deadlineMillis() > now) {
                    all.put(key, found.value());
                }
            }
        }
        return all;
    }

    /** Returns the reading of the clock, taken now if this entry is the first to need it. */
    private long nowFor(@Nullable HeapEntry<V> found, long knownNow) {
        return knownNow == NOT_READ && found != null && found.hasDeadline() ? clock.millis() : knownNow;
    }

    @Nullable
    Entry<V> liveAt(@Nullable HeapEntry<V> found, long now) {
        return answers.liveAt(found, now);
    }

    @Override
    public Outcome<V> write(K key, Change<V> change) {
        EntryMap<K, V> entries = open();
        if (change.condition() == Change.Condition.LEASE) {
            return requireLeases().use(entries, key, change, versionsFor(change));
        }
        if (leases != null && overtakesLoads(change)) {
            leases.overtake(entries, key);
        }
        return isBlind(change)
                ? overwrite(entries, key, change.value(), change.onCreate(), change.returnsPrevious())
                : compareAndSet(entries, key, change);
    }

    @Override
    public Outcome<V> put(K key, V value, Ttl ttl) {
        if (!isBlind(ttl)) {
            return Store.super.put(key, value, ttl);
        }
        EntryMap<K, V> entries = open();
        if (leases != null) {
            leases.overtake(entries, key);
        }
        return overwrite(entries, key, value, ttl, false);
    }

    /** A change that needs a live entry leaves the right to fill an absent key alone, and that to replace it void anyway. */
    private static boolean overtakesLoads(Change<?> change) {
        return change.action() != Change.Action.TOUCH
                && (change.condition() == Change.Condition.NONE || change.condition() == Change.Condition.ABSENT);
    }

    private static boolean isBlind(Change<?> change) {
        Ttl ttl = change.onCreate();
        return change.isUnconditionalPut()
                && ttl.equals(change.onUpdate())
                && isBlind(ttl)
                && change.tags().isNone();
    }

    private static boolean isBlind(Ttl ttl) {
        return ttl.millis() > 0;
    }

    /** Puts an entry that depends on nothing there: one step, without a look before it. */
    private Outcome<V> overwrite(EntryMap<K, V> entries, K key, V value, Ttl ttl, boolean returnsPrevious) {
        if (ttl.isEternal()) {
            Object held = entries.putEternal(key, value);
            return held == null || entries.wraps() || returnsPrevious
                    ? overwritten(held, NOT_READ, returnsPrevious)
                    : Outcome.of(Effect.UPDATED);
        }
        long now = clock.millis();
        Object held = entries.put(key, HeapEntry.until(ttl.deadline(now), value), now);
        return overwritten(held, now, returnsPrevious);
    }

    private Outcome<V> overwritten(@Nullable Object held, long knownNow, boolean returnsPrevious) {
        if (held == null) {
            return Outcome.of(Effect.CREATED);
        }
        HeapEntry<V> found = Held.entry(held);
        long now = nowFor(found, knownNow);
        if (found.bury(now)) {
            return Outcome.of(Effect.CREATED, null, Answers.expired(found));
        }
        return Outcome.of(Effect.UPDATED, returnsPrevious ? answers.previous(found, now) : null, null);
    }

    private Outcome<V> compareAndSet(EntryMap<K, V> entries, K key, Change<V> change) {
        TagVersions versions = versionsFor(change);
        long now = change.isTimed() || versions != null ? clock.millis() : NOT_READ;
        for (; ; ) {
            HeapEntry<V> found = entries.find(key);
            now = nowFor(found, now);
            HeapEntry<V> live = found == null || found.bury(now) ? null : found;
            Effect refusal = refusal(change, live);
            Outcome<V> outcome = refusal == null
                    ? tryApply(entries, key, change, found, live, now, versions)
                    : tryRefuse(entries, key, change, refusal, live, now);
            if (outcome != null) {
                return outcome;
            }
        }
    }

    private static <V> @Nullable Effect refusal(Change<V> change, @Nullable HeapEntry<V> live) {
        if (change.condition() == Change.Condition.ENTRY && live != null) {
            return live.isSame(MeasuredEntry.identityOf(change.expectedEntry())) ? null : Effect.MISMATCH;
        }
        return change.refusal(live);
    }

    /** Answers a refused change, or returns null if the entry changed meanwhile. */
    private @Nullable Outcome<V> tryRefuse(
            EntryMap<K, V> entries, K key, Change<V> change, Effect refusal, @Nullable HeapEntry<V> live, long now) {
        Ttl ttl = change.mismatchTouch();
        Entry<V> previous = answers.previous(change, live, now);
        if (live == null || refusal != Effect.MISMATCH || ttl.isUnchanged()) {
            return Outcome.of(refusal, previous, null);
        }
        return entries.touch(key, live, ttl, now) ? Outcome.of(refusal, previous, ttl.isExpired() ? live : null) : null;
    }

    /** Applies a change that nothing speaks against, or returns null if the entry changed meanwhile. */
    private @Nullable Outcome<V> tryApply(
            EntryMap<K, V> entries,
            K key,
            Change<V> change,
            @Nullable HeapEntry<V> found,
            @Nullable HeapEntry<V> live,
            long now,
            @Nullable TagVersions versions) {
        Entry<V> previous = answers.previous(change, live, now);
        if (change.action() == Change.Action.TOUCH && live != null) {
            Ttl ttl = change.onUpdate();
            return entries.touch(key, live, ttl, now)
                    ? Outcome.of(Effect.TOUCHED, previous, ttl.isExpired() ? live : null)
                    : null;
        }
        if (leases != null && live != null) {
            // over an entry that stands for itself: the same object put again would leave it standing
            leases.overtake(entries, key);
        }
        HeapEntry<V> next = HeapEntry.after(change, live, now, versions, tagNumber());
        if (live != null && change.onUpdate().isUnchanged() && live.isBuried()) {
            // just now, and so there was no deadline to keep
            return null;
        }
        return entries.swap(key, found, next, now) ? answers.applied(change, found, live, next, previous) : null;
    }

    @Override
    public LeaseResult<V> lease(K key, @Nullable Entry<V> expected, Duration max) {
        return requireLeases().grant(open(), key, expected, max, false, tagNumber());
    }

    @Override
    public LeaseResult<V> leaseToWrite(K key, @Nullable Entry<V> expected, Duration max) {
        return requireLeases().grant(open(), key, expected, max, true, tagNumber());
    }

    private HeapLeases<K, V> requireLeases() {
        if (leases == null) {
            throw new IllegalStateException("the heap store of cache \"" + name + "\" was opened without leases");
        }
        return leases;
    }

    @Override
    public long tagNumber() {
        TagVersions versions = tagVersions;
        return versions == null ? 0 : versions.number();
    }

    /** Costs the caller the same whatever there is; the sweeper drops the entries, by and by. */
    @Override
    public void invalidateTags(Set<String> tags) {
        EntryMap<K, V> entries = open();
        versions().invalidate(Tags.copyOf(tags));
        if (entries.wraps()) {
            long now = clock.millis();
            sweeper.expect(now, now);
        }
    }

    /** Returns the versions of the tags that a change stores its value with, or null if there are none. */
    private @Nullable TagVersions versionsFor(Change<V> change) {
        return change.tags().isNone() ? null : versions();
    }

    private TagVersions versions() {
        TagVersions versions = tagVersions;
        return versions == null ? newVersions() : versions;
    }

    private synchronized TagVersions newVersions() {
        TagVersions versions = tagVersions;
        if (versions == null) {
            versions = new TagVersions();
            tagVersions = versions;
        }
        return versions;
    }

    /** Drops what is dead, and returns the earliest deadline left, or {@link Long#MAX_VALUE}. */
    long dropExpired(long now) {
        EntryMap<K, V> entries = current;
        return entries == null ? Long.MAX_VALUE : entries.sweep(now);
    }

    private void onEviction(K key, HeapEntry<V> entry) {
        StoreListener<K, V> told = listener;
        if (told == null) {
            return;
        }
        if (entry.hasDeadline() && entry.bury(clock.millis())) {
            if (!entry.isInvalidated()) {
                told.expired(key, entry);
            }
        } else {
            told.evicted(key);
        }
    }

    @Override
    public Cursor<K, V> scan() {
        return new HeapCursor<>(this, open(), clock);
    }

    /** Whether a walk that began on these entries should go on. */
    boolean isCurrent(EntryMap<K, V> entries) {
        return current == entries;
    }

    @Override
    public synchronized void clear() {
        open();
        if (leases != null) {
            leases.revokeAll();
        }
        current = newEntries.get();
    }

    @Override
    public synchronized void destroy() {
        open();
        close();
    }

    @Override
    public synchronized void close() {
        current = null;
        if (leases != null) {
            leases.revokeAll();
        }
    }

    @Override
    public long estimatedSize() {
        return open().size();
    }

    @Override
    public StoreTraits traits() {
        return TRAITS;
    }

    @Override
    public void listen(StoreListener<K, V> newListener) {
        open();
        listener = Objects.requireNonNull(newListener, "newListener");
    }

    private EntryMap<K, V> open() {
        EntryMap<K, V> entries = current;
        if (entries == null) {
            throw new IllegalStateException("the store of cache \"" + name + "\" is closed");
        }
        return entries;
    }
}
