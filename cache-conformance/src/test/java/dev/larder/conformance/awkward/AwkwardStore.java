package dev.larder.conformance.awkward;

import dev.larder.codec.frame.EntryCodec;
import dev.larder.codec.frame.EntryReading;
import dev.larder.conformance.awkward.AwkwardServer.Reply;
import dev.larder.conformance.awkward.AwkwardServer.Slot;
import dev.larder.store.Change;
import dev.larder.store.Change.Action;
import dev.larder.store.Cursor;
import dev.larder.store.Entry;
import dev.larder.store.Lease;
import dev.larder.store.LeaseResult;
import dev.larder.store.Outcome;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreListener;
import dev.larder.store.StoreTraits;
import dev.larder.store.StoreTraits.ExpiryNews;
import dev.larder.store.Tags;
import dev.larder.store.Ttl;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Keeps the entries of a cache as bytes on an {@link AwkwardServer}: look, decide, compare and set. */
final class AwkwardStore<K, V> implements Store<K, V> {

    private static final StoreTraits TRAITS =
            new StoreTraits(false, true, true, true, ExpiryNews.NONE, true, true, true);

    private final AwkwardServer server;
    private final String cache;
    private final EntryCodec<K, V> codec;
    private final boolean leases;
    private volatile boolean closed;

    /** The last one that was heard of; never later than the server's, and so safe. */
    private volatile long tagNumber;

    AwkwardStore(AwkwardServer server, StoreContext<K, V> context) {
        this.server = server;
        this.cache = context.name();
        this.codec = context.codecs().open(cache, 0);
        this.leases = context.leases();
    }

    /** A value as it was read, with the version that is its identity. */
    private record Reading<V>(EntryReading.Stored<V> stored, long version, long remainingMillis) implements Entry<V> {
        @Override
        public V value() {
            return stored.value();
        }

        boolean isSame(@Nullable Entry<V> read) {
            return read instanceof Reading<V> reading && reading.version == version;
        }
    }

    private static final class AwkwardLease implements Lease {

        private final AwkwardStore<?, ?> store;
        private final long id;
        private volatile long endMillis;

        /** That of the reply before it was granted. */
        private volatile long tagNumber;

        AwkwardLease(AwkwardStore<?, ?> store, long id) {
            this.store = store;
            this.id = id;
        }

        @Override
        public boolean isHeld() {
            return !store.closed && store.server.nowMillis() < endMillis;
        }
    }

    @Override
    public @Nullable Entry<V> read(K key) {
        byte[] bytes = key(key);
        return live(bytes, get(bytes));
    }

    @Override
    public @Nullable Entry<V> readAndTouch(K key, Ttl ttl) {
        if (ttl.isUnchanged()) {
            return read(key);
        }
        return write(key, Change.<V>touch(ttl).returningPrevious()).previous();
    }

    @Override
    public Map<K, Entry<V>> readAll(Set<? extends K> keys, Ttl touch) {
        if (!touch.isUnchanged()) {
            return Store.super.readAll(keys, touch);
        }
        List<K> asked = new ArrayList<>(keys);
        List<ByteBuffer> bytes = new ArrayList<>();
        asked.forEach(key -> bytes.add(ByteBuffer.wrap(key(key))));
        Iterator<Reply> replies = server.get(cache, bytes).iterator();
        Map<K, Entry<V>> found = new HashMap<>();
        for (int i = 0; i < bytes.size(); i++) {
            Entry<V> entry = live(bytes.get(i).array(), replies.next());
            if (entry != null) {
                found.put(asked.get(i), entry);
            }
        }
        return found;
    }

    private byte[] key(K key) {
        requireOpen();
        return codec.key(key);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the store of cache \"" + cache + "\" is closed");
        }
    }

    private Reply get(byte[] key) {
        Reply reply = server.get(cache, List.of(ByteBuffer.wrap(key))).get(0);
        tagNumber = reply.tagNumber();
        return reply;
    }

    private @Nullable Reading<V> live(byte[] key, Reply reply) {
        Slot slot = reply.slot();
        if (slot == null || !slot.isLiveAt(reply.nowMillis())) {
            return null;
        }
        long remaining =
                slot.deadlineMillis() == Long.MAX_VALUE ? Long.MAX_VALUE : slot.deadlineMillis() - reply.nowMillis();
        return codec.read(key, slot.frame().array()) instanceof EntryReading.Stored<V> stored
                ? new Reading<>(stored, slot.version(), remaining)
                : null;
    }

    @Override
    public Outcome<V> write(K key, Change<V> change) {
        byte[] bytes = key(key);
        for (; ; ) {
            Reply found = get(bytes);
            Reading<V> live = live(bytes, found);
            Effect refusal = refusal(change, found, live);
            boolean applies = refusal == null;
            Ttl ttl = applies ? change.onUpdate() : refusal == Effect.MISMATCH ? change.mismatchTouch() : Ttl.UNCHANGED;
            Slot next = applies ? next(bytes, change, found, live) : touched(found, ttl);
            if (Objects.equals(next, found.slot()) || server.swap(cache, ByteBuffer.wrap(bytes), found, next)) {
                boolean ended = ttl.isExpired() && (!applies || change.action() == Action.TOUCH) && !isByLease(change);
                Effect effect = applies ? effect(change, live, next) : refusal;
                return Outcome.of(effect, change.returnsPrevious() ? live : null, ended ? live : null);
            }
        }
    }

    private static boolean isByLease(Change<?> change) {
        return change.condition() == Change.Condition.LEASE;
    }

    private @Nullable Effect refusal(Change<V> change, Reply found, @Nullable Reading<V> live) {
        Effect refusal = live == null ? Effect.ABSENT : Effect.MISMATCH;
        return switch (change.condition()) {
            case LEASE -> isStanding(change.expectedLease(), found) ? null : refusal;
            case ENTRY -> live != null && live.isSame(change.expectedEntry()) ? null : refusal;
            case VALUE -> live != null && codec.holds(live.stored(), change.expectedValue()) ? null : refusal;
            // that finds no entry, and voids a lease all the same
            case NONE -> change.action() == Action.REMOVE ? null : change.refusal(live);
            default -> change.refusal(live);
        };
    }

    private boolean isStanding(Lease lease, Reply found) {
        Slot slot = found.slot();
        return slot != null && slot.isLeasedAt(found.nowMillis()) && slot.lease() == ((AwkwardLease) lease).id;
    }

    private @Nullable Slot next(byte[] key, Change<V> change, Reply found, @Nullable Reading<V> live) {
        Ttl ttl = live == null ? change.onCreate() : change.onUpdate();
        return switch (change.action()) {
            case REMOVE -> null;
            case TOUCH -> isByLease(change) ? prolonged(change, found, live) : touched(found, ttl);
            case PUT -> {
                long version = ThreadLocalRandom.current().nextLong();
                long deadline = !ttl.isUnchanged()
                        ? ttl.deadline(found.nowMillis())
                        : live == null ? Long.MAX_VALUE : found.slot().deadlineMillis();
                yield ttl.isExpired()
                        ? null
                        : new Slot(
                                ByteBuffer.wrap(codec.frame(key, change.value(), version)),
                                version,
                                deadline,
                                0,
                                0,
                                tags(change, found));
            }
        };
    }

    private static Tags tags(Change<?> change, Reply found) {
        long number = isByLease(change) ? ((AwkwardLease) change.expectedLease()).tagNumber : found.tagNumber();
        return change.tags().asOf(Math.min(change.tags().asOf(), number));
    }

    private static @Nullable Slot touched(Reply found, Ttl ttl) {
        return ttl.isUnchanged()
                ? found.slot()
                : ttl.isExpired() ? null : found.slot().until(ttl.deadline(found.nowMillis()));
    }

    private @Nullable Slot prolonged(Change<V> change, Reply found, @Nullable Reading<V> live) {
        Ttl ttl = change.onUpdate();
        if (ttl.isUnchanged()) {
            return found.slot();
        }
        ((AwkwardLease) change.expectedLease()).endMillis = ttl.isExpired() ? 0 : ttl.deadline(found.nowMillis());
        if (ttl.isExpired()) {
            return live == null ? null : found.slot().leased(0, 0);
        }
        return found.slot().leased(found.slot().lease(), ttl.deadline(found.nowMillis()));
    }

    private static <V> Effect effect(Change<V> change, @Nullable Reading<V> live, @Nullable Slot next) {
        return switch (change.action()) {
            case TOUCH -> Effect.TOUCHED;
            case REMOVE -> live == null && !isByLease(change) ? Effect.ABSENT : Effect.REMOVED;
            case PUT -> next == null ? Effect.NOT_STORED : live == null ? Effect.CREATED : Effect.UPDATED;
        };
    }

    @Override
    public LeaseResult<V> lease(K key, @Nullable Entry<V> expected, Duration max) {
        return lease(key, expected, max, ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
    }

    @Override
    public LeaseResult<V> leaseToWrite(K key, @Nullable Entry<V> expected, Duration max) {
        return lease(key, expected, max, ThreadLocalRandom.current().nextLong(Long.MIN_VALUE, 0));
    }

    private LeaseResult<V> lease(K key, @Nullable Entry<V> expected, Duration max, long id) {
        byte[] bytes = key(key);
        if (!leases) {
            throw new IllegalStateException("the store of cache \"" + cache + "\" was opened without leases");
        }
        AwkwardLease lease = new AwkwardLease(this, id);
        for (; ; ) {
            Reply found = get(bytes);
            Reading<V> live = live(bytes, found);
            if (live == null ? expected != null : !live.isSame(expected)) {
                return live == null ? LeaseResult.absent() : LeaseResult.present(live);
            }
            Slot slot = live == null ? new Slot(null, 0, Long.MAX_VALUE, 0, 0, Tags.NONE) : found.slot();
            if (found.slot() != null
                    && found.slot().isLeasedAt(found.nowMillis())
                    && (id > 0 || found.slot().lease() < 0)) {
                return LeaseResult.busy();
            }
            lease.tagNumber = found.tagNumber();
            lease.endMillis = Ttl.of(max).deadline(found.nowMillis());
            if (server.swap(cache, ByteBuffer.wrap(bytes), found, slot.leased(lease.id, lease.endMillis))) {
                return LeaseResult.granted(lease);
            }
        }
    }

    @Override
    public Cursor<K, V> scan() {
        requireOpen();
        return new AwkwardCursor<>(this, codec, server.keys(cache).iterator());
    }

    @Override
    public void clear() {
        requireOpen();
        server.clear(cache);
    }

    @Override
    public void invalidateTags(Set<String> tags) {
        requireOpen();
        tagNumber = server.invalidateTags(cache, Tags.copyOf(tags));
    }

    @Override
    public long tagNumber() {
        return tagNumber;
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
    public StoreTraits traits() {
        return TRAITS;
    }

    @Override
    public void listen(StoreListener<K, V> listener) {
        // the server tells nobody of anything
        requireOpen();
    }

    @Override
    public void close() {
        closed = true;
    }
}
