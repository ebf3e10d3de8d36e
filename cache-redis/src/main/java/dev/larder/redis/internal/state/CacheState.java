package dev.larder.redis.internal.state;

import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.link.Calls.Kind;
import dev.larder.redis.internal.link.Script;
import dev.larder.redis.internal.link.Scripts;
import dev.larder.store.TagVersions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What all JVMs know of a cache: its epoch, which a clear replaces, and the invalidations of its tags. The server has it under one
 * key; here is a copy, which is as old as the last {@link #refresh}.
 *
 * <p>An epoch is random, so that none comes twice, also if the server forgets all. Safe for use by many threads.
 */
public final class CacheState {

    private static final Script STATE = Script.of(CacheState.class, "state", "state.lua");
    private static final Script CLEAR = Script.of(CacheState.class, "clear", "clear.lua");
    private static final Script TAGS = Script.of(CacheState.class, "tags", "tags.lua");

    private final byte[] key;
    private final Scripts scripts;
    private final TagVersions tags = new TagVersions();
    private volatile long epoch;
    private volatile List<Long> unswept = List.of();

    /** The question that is under way, and the one after it; guarded by this. */
    private @Nullable CompletableFuture<Void> asking;

    private @Nullable CompletableFuture<Void> next;

    /** Creates a copy, which knows nothing before its first {@link #refresh}. */
    public CacheState(byte[] key, Scripts scripts) {
        this.key = key;
        this.scripts = scripts;
    }

    /** Returns the epoch that was last heard of. */
    public long epoch() {
        return epoch;
    }

    /** Returns the invalidations that were heard of. */
    public TagVersions tags() {
        return tags;
    }

    /** Returns the epochs whose keys may still be on the server. */
    public List<Long> unswept() {
        return unswept;
    }

    /** Asks the server for what is new, and returns when this copy has all that was new when this was called. */
    public void refresh(Calls calls) {
        calls.make(STATE.name(), Kind.READ, this::refreshed);
    }

    /**
     * Returns what completes with the next answer to a question that is yet to be asked. There is one question at a time, so that
     * answers are learned in the order of the server's changes, and all who wait meanwhile share the next.
     */
    public synchronized CompletableFuture<Void> refreshed() {
        if (asking == null) {
            CompletableFuture<Void> asked = new CompletableFuture<>();
            asking = asked;
            ask(asked);
            return asked;
        }
        if (next == null) {
            next = new CompletableFuture<>();
        }
        return next;
    }

    private void ask(CompletableFuture<Void> asked) {
        var unused = scripts.start(STATE, key, bytes(tags.number()), randomEpoch())
                .whenComplete((answer, failure) -> {
                    try {
                        if (answer != null) {
                            learn(StateReply.of(answer));
                        }
                    } finally {
                        askNext();
                    }
                    if (failure == null) {
                        asked.complete(null);
                    } else {
                        asked.completeExceptionally(failure instanceof CompletionException e ? e.getCause() : failure);
                    }
                });
    }

    private synchronized void askNext() {
        asking = next;
        next = null;
        if (asking != null) {
            ask(asking);
        }
    }

    private void learn(StateReply reply) {
        tags.learnFloor(reply.floor());
        reply.invalidations().forEach((number, names) -> tags.learn(names, number));
        unswept = reply.unswept();
        epoch = reply.epoch();
    }

    /** Replaces the epoch, so that all entries of the cache are out of reach. */
    public void clear(Calls calls) {
        calls.make(CLEAR.name(), Kind.WRITE, () -> scripts.start(CLEAR, key, randomEpoch()));
        refresh(calls);
    }

    /** Numbers an invalidation of these tags, and learns of all up to it: who knows a number knows all below. */
    public void invalidate(Calls calls, Set<String> invalidated) {
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(bytes(TagVersions.CAPACITY));
        invalidated.forEach(tag -> arguments.add(tag.getBytes(StandardCharsets.UTF_8)));
        calls.make(TAGS.name(), Kind.WRITE, () -> scripts.start(TAGS, key, arguments.toArray(byte[][]::new)));
        refresh(calls);
    }

    private static byte[] randomEpoch() {
        return ByteBuffer.allocate(Long.BYTES)
                .putLong(ThreadLocalRandom.current().nextLong())
                .array();
    }

    private static byte[] bytes(long number) {
        return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    }
}
