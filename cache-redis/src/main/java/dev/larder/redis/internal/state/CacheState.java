package dev.larder.redis.internal.state;

import dev.larder.codec.frame.KeySpace;
import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.link.Calls.Kind;
import dev.larder.redis.internal.link.Options;
import dev.larder.redis.internal.link.Script;
import dev.larder.redis.internal.link.ScriptRunner;
import dev.larder.store.News;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.TagVersions;
import dev.larder.time.Clock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What all JVMs know of a cache: its epoch, which a clear replaces, the invalidations of its tags, and whether somebody wants to hear of changes. The server has it under one key;
 * here is a copy. The server says when it changes, and the {@link Channel} asks once a second whether it said so: the copy is good
 * for {@value #GOOD_MILLIS} ms from when the question was sent that the last answer is for, and is then renewed by whoever needs it.
 *
 * <p>An epoch is random, so that none comes twice, also if the server forgets all. Safe for use by many threads.
 */
public final class CacheState {

    /** For how long after another JVM changed it this copy may be used: the bound on what is read that was cleared elsewhere. */
    static final long GOOD_MILLIS = 1_900;

    private static final int EPOCHS = 100;

    /** How far the numbers of changes can be apart where the server's clock lags behind them. */
    private static final int STEPS = 1_000;

    private static final long GOOD_NANOS = GOOD_MILLIS * 1_000_000;
    private static final Script STATE = Script.of(CacheState.class, "state", "numbers.lua", "state.lua");
    private static final Script CLEAR = Script.of(CacheState.class, "clear", "numbers.lua", "clear.lua");
    private static final Script TAGS = Script.of(CacheState.class, "tags", "numbers.lua", "tags.lua");

    private final KeySpace space;
    private final byte[] key;
    private final ScriptRunner questions;
    private final ScriptRunner changes;
    private final byte[] publish;
    private final Clock clock;
    private final ClearRounds rounds;
    private final TagVersions tags = new TagVersions();
    private final List<EpochFollower> followers = new CopyOnWriteArrayList<>();

    private volatile long epoch;
    private volatile boolean known;

    /** The epoch that followers were last told of; it is the epoch when all are done. */
    private volatile long coming;

    /** What somebody in some JVM wants to hear of changes, and what those here do. */
    private volatile News.Wish wish = News.Wish.NONE;

    private final Map<Object, News.Wish> ownWishes = new ConcurrentHashMap<>();

    /** When the question was sent that the last answer is for. */
    private volatile long confirmedNanos;

    private final Unswept unswept = new Unswept();

    /** The last epochs that are over, in case that a server which lacks a clear names one of them. */
    private final Set<Long> over = Collections.synchronizedSet(new LinkedHashSet<>());

    /** The question that is under way, and the one after it; guarded by this. */
    private @Nullable CompletableFuture<Void> asking;

    private @Nullable CompletableFuture<Void> next;

    /**
     * Creates a copy, which knows nothing yet.
     *
     * @param prefix what all keys of the store begin with
     * @param space whose state this is
     * @param questions runs what only asks, over a connection that no call of a user waits for
     * @param changes runs what changes something
     */
    public CacheState(String prefix, KeySpace space, ScriptRunner questions, ScriptRunner changes, Clock clock) {
        this(prefix, space, questions, changes, "PUBLISH", clock);
    }

    /** Creates a copy whose changes are published by a command of these servers. */
    public CacheState(
            String prefix, KeySpace space, ScriptRunner questions, ScriptRunner changes, String publish, Clock clock) {
        this.space = space;
        this.key = StateKeys.of(prefix, space);
        this.questions = questions;
        this.changes = changes;
        this.publish = publish.getBytes(StandardCharsets.US_ASCII);
        this.clock = clock;
        this.rounds = new ClearRounds(clock);
    }

    /** Lets somebody hear of changes of the epoch from now on. */
    public void follow(EpochFollower follower) {
        followers.add(follower);
    }

    /** Ends that. */
    public void unfollow(EpochFollower follower) {
        followers.remove(follower);
    }

    /** Returns the epoch that was last heard of. */
    public long epoch() {
        return epoch;
    }

    /** Returns the epoch that those who follow were last told of, which may not be in use yet. */
    public long comingEpoch() {
        return coming;
    }

    /** Returns the epoch, after having asked for it if it was not confirmed of late. */
    public long currentEpoch(Calls calls) {
        if (!isGood()) {
            refresh(calls);
        }
        return epoch;
    }

    private boolean isGood() {
        return known && clock.nanos() - confirmedNanos < GOOD_NANOS;
    }

    /** Returns the invalidations that were heard of. */
    public TagVersions tags() {
        return tags;
    }

    /** Returns what somebody in some JVM, or in this one, wants to hear of changes, as far as was heard of. */
    public News.Wish wish() {
        return wish;
    }

    /** Says what somebody here wants to hear from now on, with which each question renews it: the server forgets wishes of whoever asks no more. */
    public void wish(Object who, News.Wish wanted) {
        News.Wish before = wanted == News.Wish.NONE ? ownWishes.remove(who) : ownWishes.put(who, wanted);
        if (wanted.compareTo(before == null ? News.Wish.NONE : before) > 0) {
            var unused = refreshed();
        }
    }

    /** Returns the members that stand for what those here want. */
    private byte[] wished() {
        News.Wish most =
                ownWishes.values().stream().max(Comparator.naturalOrder()).orElse(News.Wish.NONE);
        return switch (most) {
            case NONE -> new byte[0];
            case CHANGES -> new byte[] {'N'};
            case CHANGES_WITH_PREVIOUS -> new byte[] {'N', 'O'};
        };
    }

    /** Lets what clears have left behind be swept, if there is something, and nobody adds to it any more. */
    void sweep(Sweeper sweeper) {
        List<Long> quiet = unswept.quiet(clock.nanos());
        if (!quiet.isEmpty()) {
            sweeper.start(space, key, quiet);
        }
    }

    /** Returns the key under which the server has the state. */
    byte[] key() {
        return key.clone();
    }

    /** Asks the server for what is new, and returns when this copy has all that was new when this was called. */
    public void refresh(Calls calls) {
        calls.make(STATE.name(), Kind.READ, this::refreshed);
    }

    /**
     * Returns what completes with the answer to a question that is yet to be asked. There is one question at a time, so that
     * answers are learned in the order of the server's changes, and all who wait meanwhile share the next.
     */
    public CompletableFuture<Void> refreshed() {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        synchronized (this) {
            if (asking != null) {
                next = next == null ? asked : next;
                return next;
            }
            asking = asked;
        }
        ask(asked);
        return asked;
    }

    private void ask(CompletableFuture<Void> asked) {
        if (rounds.arePaused()) {
            answered(asked, clearedInVain());
            return;
        }
        CompletionStage<?> learned;
        try {
            learned = question();
        } catch (Throwable e) {
            answered(asked, e); // else nobody would ever ask again
            return;
        }
        var unused = learned.whenComplete((done, failure) -> answered(asked, failure));
    }

    private CompletionStage<?> question() {
        long sentNanos = clock.nanos();
        followers.forEach(EpochFollower::asked);
        return questions
                .start(STATE, key, bytes(tags.number()), randomEpoch(), wished(), randomStep())
                .orTimeout(Options.LOST.toMillis(), TimeUnit.MILLISECONDS) // or nobody would ever ask again
                .thenCompose(answer -> learned(StateReply.of(answer), sentNanos));
    }

    private void answered(CompletableFuture<Void> asked, @Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException e ? e.getCause() : failure;
        if (cause instanceof ClearedOnceMoreException) {
            rounds.begin();
            ask(asked);
            return;
        }
        if (cause == null) {
            rounds.succeeded();
        }
        CompletableFuture<Void> following;
        synchronized (this) {
            following = next;
            asking = following;
            next = null;
        }
        if (cause == null) {
            asked.complete(null);
        } else {
            asked.completeExceptionally(cause);
        }
        if (following != null) {
            ask(following);
        }
    }

    private RuntimeException clearedInVain() {
        return new IllegalStateException(
                "after " + ClearRounds.MOST + " clears of cache \"" + space.cache()
                        + "\" an epoch that is over is still named, as where two servers count as primary; see by ROLE which do, and make one of them a replica");
    }

    private CompletionStage<?> learned(StateReply reply, long sentNanos) {
        tags.learnFloor(reply.floor());
        reply.invalidations().forEach((number, names) -> tags.learn(names, number));
        unswept.learn(reply.unswept(), clock.nanos());
        wish = reply.wish();
        if (over.contains(reply.epoch())) {
            return cleared().thenCompose(done -> CompletableFuture.failedFuture(new ClearedOnceMoreException()));
        }
        if (!known || reply.epoch() != epoch) {
            return moved(reply.epoch()).thenRun(() -> confirm(reply.epoch(), sentNanos));
        }
        followers.forEach(EpochFollower::confirmed);
        confirm(reply.epoch(), sentNanos);
        return CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<?> moved(long newEpoch) {
        coming = newEpoch; // before they are told: who begins to follow meanwhile is told, or finds it here
        return CompletableFuture.allOf(followers.stream()
                .map(follower -> follower.moved(newEpoch).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    private void confirm(long newEpoch, long sentNanos) {
        if (known && newEpoch != epoch) {
            endOf(epoch);
        }
        epoch = newEpoch;
        confirmedNanos = sentNanos;
        known = true;
    }

    private void endOf(long ended) {
        over.add(ended);
        if (over.size() > EPOCHS) {
            over.remove(over.iterator().next());
        }
    }

    /** Replaces the epoch, so that all entries of the cache are out of reach. */
    public void clear(Calls calls) {
        calls.make(CLEAR.name(), Kind.WRITE, () -> cleared(changes.within(calls)));
        learnOfOwnChange(calls);
    }

    /** The change is made. Who does not learn of it here goes on as if it were not, and so must not be told that it was not. */
    private void learnOfOwnChange(Calls calls) {
        try {
            refresh(calls);
        } catch (StoreException e) {
            throw new StoreException(e.getMessage() + ", after the change was made", Applied.UNKNOWN, e);
        }
    }

    /** Returns what completes when the server has another epoch, which this copy does not know yet. */
    public CompletableFuture<?> cleared() {
        return cleared(changes);
    }

    private CompletableFuture<?> cleared(ScriptRunner by) {
        return by.start(CLEAR, key, randomEpoch(), publish, bytes(tags.number()), randomStep());
    }

    /** Numbers an invalidation of these tags, and learns of all up to it: who knows a number knows all below. */
    public void invalidate(Calls calls, Set<String> invalidated) {
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(bytes(TagVersions.CAPACITY));
        arguments.add(publish);
        arguments.add(bytes(tags.number()));
        arguments.add(randomStep());
        invalidated.forEach(tag -> arguments.add(tag.getBytes(StandardCharsets.UTF_8)));
        calls.make(
                TAGS.name(),
                Kind.WRITE,
                () -> changes.within(calls).start(TAGS, key, arguments.toArray(byte[][]::new)));
        learnOfOwnChange(calls);
    }

    /**
     * Learns what was published of a change. If another lies between that and what is known here, or it is a clear, the server is asked: who knows a
     * number knows all below.
     */
    void told(byte[] published) {
        long known = tags.number();
        try {
            StateMessage message = StateMessage.of(published);
            if (message.completes(known)) {
                tags.learn(message.tags(), message.number());
            } else if (message.number() > known) {
                var unused = refreshed();
            }
        } catch (IllegalArgumentException e) {
            var unused = refreshed(); // whoever published that knows more than this release
        }
    }

    private static byte[] randomEpoch() {
        return ByteBuffer.allocate(Long.BYTES)
                .putLong(ThreadLocalRandom.current().nextLong())
                .array();
    }

    private static byte[] randomStep() {
        return bytes(ThreadLocalRandom.current().nextInt(STEPS));
    }

    private static byte[] bytes(long number) {
        return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    }
}
