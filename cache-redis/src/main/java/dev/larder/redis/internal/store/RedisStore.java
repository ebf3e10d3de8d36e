package dev.larder.redis.internal.store;

import dev.larder.codec.UnreadableReason;
import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.link.Calls.Kind;
import dev.larder.redis.internal.link.Link;
import dev.larder.redis.internal.link.Scripts;
import dev.larder.redis.internal.link.ServerRefusal;
import dev.larder.redis.internal.news.NewsFeed;
import dev.larder.redis.internal.state.AcknowledgedEpoch;
import dev.larder.redis.internal.state.CacheState;
import dev.larder.store.Change;
import dev.larder.store.Change.Action;
import dev.larder.store.Change.Condition;
import dev.larder.store.Cursor;
import dev.larder.store.Entry;
import dev.larder.store.LeaseResult;
import dev.larder.store.News;
import dev.larder.store.Outcome;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.StoreListener;
import dev.larder.store.StoreTraits;
import dev.larder.store.StoreTraits.ExpiryNews;
import dev.larder.store.Tags;
import dev.larder.store.Ttl;
import dev.larder.time.Timer;
import io.lettuce.core.GetExArgs;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each entry of a cache under a key of its own on the server, with the server's expiry. A call is one round trip: a native command
 * where that is right, else a script. See {@link StoredSlot} for what is at a key, and {@link CacheState} for what is not.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public final class RedisStore<K, V> implements Store<K, V> {

    private static final StoreTraits TRAITS =
            new StoreTraits(false, true, true, true, ExpiryNews.NONE, true, true, true, true);

    private final StoreContext<K, V> context;
    private final Link link;
    private final Calls calls;
    private final Scripts scripts;
    private final CacheState state;
    private final Places<K, V> places;
    private final LostAnswers lostAnswers;
    private final EpochMoves moves;
    private final @Nullable AcknowledgedEpoch acknowledgedEpoch;
    private final LastWrites lastWrites;
    private final Settling settling;
    private final Consumer<Predicate<byte[]>> follower;
    private final SharedNews<K, V> news;
    private final Runnable onClose;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Opens the entries of a cache, whose state has been asked for.
     *
     * @param background runs what no operation waits for, and what may wait for the server
     */
    public RedisStore(
            StoreContext<K, V> context,
            Link link,
            CacheState state,
            String prefix,
            NewsFeed feed,
            Executor background,
            Runnable onClose) {
        this.context = context;
        this.link = link;
        this.calls = Calls.ofStore(link, context.storeDeadline());
        this.scripts = new Scripts(link);
        this.state = state;
        this.places = new Places<>(prefix, context.codecs().open(context.name(), state.epoch()));
        this.lostAnswers = new LostAnswers(link, context.clock(), context.storeDeadline());
        this.moves = new EpochMoves(link, places, state);
        this.acknowledgedEpoch =
                link.isCluster() && link.acknowledgesWrites() ? new AcknowledgedEpoch(state, scripts) : null;
        this.news = new SharedNews<>(context.name(), link, state, prefix, places, calls, feed);
        this.onClose = onClose;
        moves.follow();
        this.lastWrites = new LastWrites(link, scripts, state, context.clock());
        this.settling = new Settling(
                context.name(),
                () -> lastWrites.settleSome(places, calls.ofOneOperation(), state.tags()),
                lastWrites::haveDoubts,
                context.storeDeadline(),
                Timer.system(),
                background);
        lastWrites.onDoubt(settling::begin);
        this.follower = lastWrites::succeeded;
        link.successions().follow(follower);
    }

    private Place<K, V> place(K key, Calls operation) {
        return place(key, epoch(operation), operation);
    }

    private Place<K, V> place(K key, long epoch, Calls operation) {
        Place<K, V> place = places.of(key, epoch);
        lastWrites.settle(place, operation, state.tags());
        return place;
    }

    /** Returns the places of many keys, in their order. */
    private List<Place<K, V>> places(List<K> keys, long epoch, Calls operation) {
        List<Place<K, V>> found = new ArrayList<>(keys.size());
        keys.forEach(key -> found.add(places.of(key, epoch)));
        lastWrites.settle(found, operation, state.tags());
        return found;
    }

    /** Returns the epoch to work in. */
    private long epoch(Calls operation) {
        requireOpen();
        lastWrites.clearIfAllAreDoubtful(operation);
        return state.currentEpoch(operation);
    }

    private Place<K, V> placeToWrite(K key, Calls operation) {
        return place(key, epochToWriteIn(operation), operation);
    }

    /** Returns the epoch to write in, which survives a failover if what is written in it has to. */
    private long epochToWriteIn(Calls operation) {
        long epoch = epoch(operation);
        if (acknowledgedEpoch != null) {
            acknowledgedEpoch.require(epoch, operation);
        }
        return epoch;
    }

    /** Returns what sends many reads. */
    Bulk bulk(Calls operation) {
        return new Bulk(link, scripts, operation);
    }

    /** Returns what sends many writes. A read that moves deadlines is none: nobody's deadline is worth waiting for replicas. */
    private Bulk writes(Calls operation) {
        Link writers = operation.writers();
        return new Bulk(writers, new Scripts(writers), operation);
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("the store of cache \"" + context.name() + "\" is closed");
        }
    }

    // --- reading

    @Override
    public @Nullable Entry<V> read(K key) {
        if (context.needsDeadline()) {
            return touch(key, Ttl.UNCHANGED);
        }
        return get(key, link.readers());
    }

    @Override
    public @Nullable Entry<V> readLatest(K key) {
        return context.needsDeadline() ? touch(key, Ttl.UNCHANGED) : get(key, link);
    }

    private @Nullable Entry<V> get(K key, Link from) {
        Calls operation = calls.ofOneOperation();
        Place<K, V> place = place(key, operation);
        return entry(place, operation, "GET", () -> from.commands().get(place.wire()));
    }

    private @Nullable Entry<V> entry(
            Place<K, V> place, Calls operation, String command, Supplier<CompletionStage<byte[]>> call) {
        try {
            byte[] stored = operation.<byte @Nullable []>make(command, Kind.READ, call);
            lastWrites.requireSettled(place, Applied.NO);
            return place.entry(stored, Entry.UNKNOWN, state.tags());
        } catch (ServerRefusal refusal) {
            countOtherType(place, refusal);
            return null;
        }
    }

    private static void countOtherType(Place<?, ?> place, ServerRefusal refusal) {
        if (!refusal.isOfOtherType()) {
            throw refusal;
        }
        place.read(new byte[0], Entry.UNKNOWN);
    }

    @Override
    public @Nullable Entry<V> readAndTouch(K key, Ttl ttl) {
        if (ttl.isUnchanged()) {
            return read(key);
        }
        if (context.leases() || context.needsDeadline() || ttl.isExpired()) {
            return touch(key, ttl);
        }
        Calls operation = calls.ofOneOperation();
        Place<K, V> place = place(key, operation);
        return entry(place, operation, "GETEX", () -> link.commands().getex(place.wire(), until(ttl)));
    }

    private @Nullable Entry<V> touch(K key, Ttl ttl) {
        Calls operation = calls.ofOneOperation();
        Change<V> change = Change.<V>touch(ttl).returningPrevious();
        ChangeCall<K, V> call = newCall(place(key, operation), change);
        Bulk.run(call, scripts, operation);
        return told(call, operation, 0).previous();
    }

    @Override
    public Map<K, Entry<V>> readAll(Set<? extends K> keys, Ttl touch) {
        return readAll(keys, touch, calls.ofOneOperation());
    }

    /** Does so as a part of an operation. */
    Map<K, Entry<V>> readAll(Set<? extends K> keys, Ttl touch, Calls operation) {
        requireOpen();
        List<K> asked = new ArrayList<>(keys);
        if (asked.isEmpty()) {
            return new HashMap<>();
        }
        boolean byScript = context.needsDeadline() || (context.leases() && !touch.isUnchanged()) || touch.isExpired();
        return byScript ? touchAll(asked, touch, operation) : getAll(asked, touch, operation);
    }

    private Map<K, Entry<V>> getAll(List<K> asked, Ttl touch, Calls operation) {
        List<Place<K, V>> placesOfAsked = places(asked, epoch(operation), operation);
        List<byte[]> wires = placesOfAsked.stream().map(Place::wire).toList();
        Bulk bulk = bulk(operation);
        List<byte @Nullable []> stored = touch.isUnchanged() ? bulk.get(wires) : bulk.getAndTouch(wires, until(touch));
        Map<K, Entry<V>> found = new HashMap<>(asked.size() * 2);
        for (int i = 0; i < asked.size(); i++) {
            lastWrites.requireSettled(placesOfAsked.get(i), Applied.NO);
            Entry<V> entry = placesOfAsked.get(i).entry(stored.get(i), Entry.UNKNOWN, state.tags());
            if (entry != null) {
                found.put(asked.get(i), entry);
            }
        }
        return found;
    }

    private Map<K, Entry<V>> touchAll(List<K> asked, Ttl touch, Calls operation) {
        Change<V> change = Change.<V>touch(touch).returningPrevious();
        List<ChangeCall<K, V>> made = places(asked, epoch(operation), operation).stream()
                .map(place -> newCall(place, change))
                .toList();
        bulk(operation).run(made);
        Map<K, Entry<V>> found = new HashMap<>(asked.size() * 2);
        for (int i = 0; i < asked.size(); i++) {
            Entry<V> entry = told(made.get(i), operation, 0).previous();
            if (entry != null) {
                found.put(asked.get(i), entry);
            }
        }
        return found;
    }

    private static GetExArgs until(Ttl ttl) {
        return Ttls.isFinite(ttl) ? new GetExArgs().px(ttl.millis()) : new GetExArgs().persist();
    }

    // --- writing

    @Override
    public Outcome<V> write(K key, Change<V> change) {
        Calls operation = calls.ofOneOperation();
        Place<K, V> place = placeToWrite(key, operation);
        if (!isPlainPut(change) || news.areWanted()) {
            return change(place, change, operation);
        }
        byte[] stored = ChangeCall.storedBytes(place, change, state.tags());
        SetArgs args = options(change);
        if (!change.returnsPrevious()) {
            operation.make(
                    "SET", Kind.WRITE, () -> operation.writers().commands().set(place.wire(), stored, args));
            written(place, operation);
            return Outcome.of(Effect.APPLIED);
        }
        try {
            byte[] replaced = operation.<byte @Nullable []>make(
                    "SET", Kind.WRITE, () -> operation.writers().commands().setGet(place.wire(), stored, args));
            written(place, operation);
            lastWrites.requireSettled(place, Applied.UNKNOWN);
            Entry<V> previous = place.entry(replaced, Entry.UNKNOWN, state.tags());
            return Outcome.of(previous == null ? Effect.CREATED : Effect.UPDATED, previous, null);
        } catch (ServerRefusal refusal) {
            if (!refusal.isOfOtherType()) {
                throw refusal;
            }
            return change(
                    place, change, operation); // this form of the command does not replace what is of another type
        }
    }

    /** To be called when a key was written, before anybody is told so. */
    private void written(Place<?, ?> place, Calls operation) {
        lastWrites.note(place);
        moves.written(place.key(), place.codec().space().epoch(), operation);
    }

    /** To be called when keys of one epoch were written together, before anybody is told so. */
    private void written(List<? extends Place<?, ?>> places, long epoch, Calls operation) {
        places.forEach(lastWrites::note);
        moves.written(places.stream().map(Place::key).toList(), epoch, operation);
    }

    private static List<? extends Place<?, ?>> writtenBy(Collection<? extends ChangeCall<?, ?>> changes) {
        return changes.stream()
                .filter(ChangeCall::hasWritten)
                .map(ChangeCall::place)
                .toList();
    }

    private static SetArgs options(Change<?> put) {
        return Ttls.isFinite(put.onCreate()) ? new SetArgs().px(put.onCreate().millis()) : new SetArgs();
    }

    /** Whether a change is what the server's own command for putting does, lease or not. */
    private boolean isPlainPut(Change<V> change) {
        return change.isUnconditionalPut()
                && change.onCreate().equals(change.onUpdate())
                && (change.onCreate().isEternal() || change.onCreate().isFinite())
                && (change.returnsPrevious() ? !context.needsDeadline() : !change.tellsEffect());
    }

    private Outcome<V> change(Place<K, V> place, Change<V> change, Calls operation) {
        ChangeCall<K, V> call = newCall(place, change);
        long beforeMillis = context.clock().millis();
        try {
            lostAnswers.run(call, operation);
        } catch (StoreException e) {
            throw call.failure(e);
        }
        return told(call, operation, beforeMillis);
    }

    private ChangeCall<K, V> newCall(Place<K, V> place, Change<V> change) {
        ChangeCall<K, V> call = new ChangeCall<>(
                place, change, state.tags(), context.needsDeadline(), news.announcement(place, change));
        if (call.isTellable()) {
            lastWrites.tries(place, call.replacedVersion());
        }
        return call;
    }

    private Outcome<V> told(ChangeCall<K, V> call, Calls operation, long beforeMillis) {
        lastWrites.requireSettled(call.place(), Applied.UNKNOWN);
        if (call.hasWritten()) {
            written(call.place(), operation);
        }
        return outcome(call, beforeMillis);
    }

    private Outcome<V> outcome(ChangeCall<K, V> call, long beforeMillis) {
        Change<V> change = call.change();
        Outcome<V> outcome = call.outcome();
        if (!call.hasWritten() && call.isTellable()) {
            lastWrites.refused(call.place());
        }
        if (change.condition() == Condition.LEASE) {
            used(change, outcome, beforeMillis);
        }
        return outcome;
    }

    /** Moves the end of a lease that was changed or used up. */
    private static void used(Change<?> change, Outcome<?> outcome, long beforeMillis) {
        RedisLease lease = (RedisLease) change.expectedLease();
        boolean prolonged = outcome.isApplied()
                && change.action() == Action.TOUCH
                && !change.onUpdate().isExpired();
        if (!prolonged) {
            lease.moveEnd(0);
        } else if (!change.onUpdate().isUnchanged()) {
            lease.moveEnd(change.onUpdate().deadline(beforeMillis));
        }
    }

    @Override
    public Map<K, Outcome<V>> writeAll(Map<? extends K, Change<V>> changes) {
        Calls operation = calls.ofOneOperation();
        Bulk bulk = writes(operation);
        long epoch = epochToWriteIn(operation);
        long beforeMillis = context.clock().millis();
        PlainPuts puts = new PlainPuts();
        Map<K, ChangeCall<K, V>> made = new LinkedHashMap<>();
        Map<K, Outcome<V>> outcomes = new LinkedHashMap<>(changes.size() * 2);
        List<K> keys = new ArrayList<>(changes.keySet());
        List<Place<K, V>> placesOfKeys = places(keys, epoch, operation);
        for (int i = 0; i < keys.size(); i++) {
            Place<K, V> place = placesOfKeys.get(i);
            Change<V> change = Objects.requireNonNull(changes.get(keys.get(i)));
            if (isPlainPut(change) && !change.returnsPrevious() && !news.areWanted()) {
                puts.add(place, ChangeCall.storedBytes(place, change, state.tags()), options(change));
            } else {
                made.put(keys.get(i), newCall(place, change));
            }
            outcomes.put(keys.get(i), Outcome.of(Effect.APPLIED));
        }
        try {
            puts.make(bulk);
            written(puts.made(), epoch, operation);
            bulk.run(List.copyOf(made.values()));
            made.values().forEach(call -> lastWrites.requireSettled(call.place(), Applied.UNKNOWN));
            written(writtenBy(made.values()), epoch, operation);
        } catch (StoreException e) {
            writtenAllTheSame(puts, made.values(), epoch, e, operation);
            throw failure(made.values(), puts.made().isEmpty() ? e : Failures.unknown(e));
        }
        made.forEach((key, call) -> outcomes.put(key, outcome(call, beforeMillis)));
        return outcomes;
    }

    /** To be called when only a part of what was sent together was written. */
    private void writtenAllTheSame(
            PlainPuts puts,
            Collection<? extends ChangeCall<?, ?>> changes,
            long epoch,
            StoreException failure,
            Calls operation) {
        List<Place<?, ?>> written = new ArrayList<>(puts.made());
        written.addAll(writtenBy(changes));
        try {
            written(written, epoch, operation);
        } catch (StoreException e) {
            failure.addSuppressed(e);
        }
    }

    /** Returns the failure of all these changes as it is to be told. */
    private static StoreException failure(Collection<? extends ChangeCall<?, ?>> changes, StoreException failure) {
        StoreException told = failure;
        for (ChangeCall<?, ?> change : changes) {
            told = change.failure(told);
        }
        return told;
    }

    // --- leases

    @Override
    public LeaseResult<V> lease(K key, @Nullable Entry<V> expected, Duration max) {
        return lease(key, expected, max, idToFill());
    }

    @Override
    public LeaseResult<V> leaseToWrite(K key, @Nullable Entry<V> expected, Duration max) {
        return lease(key, expected, max, ThreadLocalRandom.current().nextLong(Long.MIN_VALUE, 0));
    }

    private LeaseResult<V> lease(K key, @Nullable Entry<V> expected, Duration max, long id) {
        requireLeases();
        Calls operation = calls.ofOneOperation();
        long epoch = epochToWriteIn(operation);
        LeaseCall<K, V> call = leaseCall(place(key, epoch, operation), expected, max, id, epoch);
        Bulk.run(call, scripts.within(operation), operation);
        lastWrites.requireSettled(call.place(), Applied.UNKNOWN);
        return call.result();
    }

    @Override
    public Map<K, LeaseResult<V>> leaseAll(Set<? extends K> keys, Duration max) {
        requireLeases();
        Calls operation = calls.ofOneOperation();
        long epoch = epochToWriteIn(operation);
        Map<K, LeaseCall<K, V>> asked = new LinkedHashMap<>();
        List<K> wanted = new ArrayList<>(keys);
        List<Place<K, V>> placesOfKeys = places(wanted, epoch, operation);
        for (int i = 0; i < wanted.size(); i++) {
            asked.put(wanted.get(i), leaseCall(placesOfKeys.get(i), null, max, idToFill(), epoch));
        }
        writes(operation).run(List.copyOf(asked.values()));
        asked.values().forEach(call -> lastWrites.requireSettled(call.place(), Applied.UNKNOWN));
        Map<K, LeaseResult<V>> results = new HashMap<>();
        asked.forEach((key, call) -> results.put(key, call.result()));
        return results;
    }

    private static long idToFill() {
        return ThreadLocalRandom.current().nextLong(0, Long.MAX_VALUE);
    }

    private LeaseCall<K, V> leaseCall(
            Place<K, V> place, @Nullable Entry<V> expected, Duration max, long id, long epoch) {
        long maxMillis = Ttls.ofLease(max);
        RedisLease lease = new RedisLease(
                id,
                state.tags().number(),
                context.clock(),
                Ttl.ofMillis(maxMillis).deadline(context.clock().millis()),
                () -> !closed.get() && state.epoch() == epoch);
        return new LeaseCall<>(place, expected, lease, maxMillis, state.tags(), context.needsDeadline());
    }

    private void requireLeases() {
        requireOpen();
        if (!context.leases()) {
            throw new IllegalStateException("the store of cache \"" + context.name() + "\" was opened without leases");
        }
    }

    // --- all entries

    @Override
    public Cursor<K, V> scan() {
        Calls operation = calls.ofOneOperation();
        long epoch = epoch(operation);
        return new RedisCursor<>(
                calls, operation.primaries(), places, epoch, new Pages<>(this, places, context.clock()));
    }

    @Override
    public void clear() {
        requireOpen();
        state.clear(calls.ofOneOperation());
    }

    @Override
    public void invalidateTags(Set<String> tags) {
        requireOpen();
        state.invalidate(calls.ofOneOperation(), Tags.copyOf(tags));
    }

    @Override
    public long tagNumber() {
        return state.tags().number();
    }

    @Override
    public void destroy() {
        clear();
        close();
    }

    @Override
    public long estimatedSize() {
        requireOpen();
        return -1;
    }

    @Override
    public Map<UnreadableReason, Long> unreadable() {
        return places.codec(state.epoch()).unreadable().snapshot();
    }

    @Override
    public StoreTraits traits() {
        return TRAITS;
    }

    /** Tells of what others change, if that is wanted, and of nothing else: the server does not say what expired. */
    @Override
    public void listen(StoreListener<K, V> listener) {
        requireOpen();
        news.listen(listener);
    }

    @Override
    public void wantNews(News.Wish wish) {
        if (!closed.get()) {
            news.want(wish);
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            news.close();
            state.unfollow(moves);
            link.successions().unfollow(follower);
            settling.close();
            onClose.run();
        }
    }
}
