package dev.larder.redis.internal.news;

import dev.larder.codec.frame.KeySpace;
import dev.larder.redis.internal.link.Link;
import dev.larder.time.Clock;
import io.lettuce.core.cluster.SlotHash;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * On which channels is told what happens to a cache.
 *
 * <p>Without a cluster that is one. In a cluster it is one for each server that has slots, because a script can publish ({@code SPUBLISH}) only what hashes to a
 * slot of the server that runs it: the channel is in the lowest slot of the server that has the key, and so is everybody else's who knows the cluster alike. Slots that
 * move make it another channel; until all have heard of that, news may be missed.
 *
 * <p>Safe for use by many threads.
 */
public final class NewsChannels {

    /** No key of ours has this after the prefix: entries have a K, states an S. */
    private static final byte NEWS = 'N';

    private static final long KNOWN_NANOS = 1_000_000_000;

    /** About one name in 16,384 is in a slot, unless the prefix has a hash tag of its own, which then all keys share. */
    private static final int TRIES = 1 << 20;

    private final byte[] prefix;
    private final byte[] names;
    private final Link link;
    private final Clock clock;
    private final Map<Integer, byte[]> inSlots = new ConcurrentHashMap<>();
    private volatile int[] lowestSlots = {};

    /** Racy, but whoever finds it too old does no more than look once more. */
    private volatile long knownNanos;

    /** Creates what tells the channels of a cache. */
    public NewsChannels(String prefix, KeySpace space, Link link, Clock clock) {
        this.prefix = prefix.getBytes(StandardCharsets.UTF_8);
        byte[] start = space.withEpoch(0).prefix();
        this.names = Arrays.copyOf(start, start.length - Long.BYTES);
        this.link = link;
        this.clock = clock;
    }

    /** Returns the channel on which is told what happens to a key on the server. */
    byte[] of(byte[] key) {
        return link.isCluster() ? inSlot(lowestSlots()[SlotHash.getSlot(key)]) : name("");
    }

    /** Returns all channels. */
    Set<ByteBuffer> all() {
        if (!link.isCluster()) {
            return Set.of(ByteBuffer.wrap(name("")));
        }
        Set<ByteBuffer> all = new HashSet<>();
        Arrays.stream(lowestSlots()).distinct().forEach(slot -> all.add(ByteBuffer.wrap(inSlot(slot))));
        return all;
    }

    private int[] lowestSlots() {
        int[] known = lowestSlots;
        long now = clock.nanos();
        if (known.length == 0 || now - knownNanos > KNOWN_NANOS) {
            known = link.lowestSlots();
            lowestSlots = known;
            knownNanos = now;
        }
        return known;
    }

    private byte[] inSlot(int slot) {
        return inSlots.computeIfAbsent(slot, this::search);
    }

    private byte[] search(int slot) {
        for (int i = 0; i < TRIES; i++) {
            byte[] name = name("{" + i + "}");
            if (SlotHash.getSlot(name) == slot) {
                return name;
            }
        }
        return name("{0}");
    }

    private byte[] name(String tag) {
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        name.writeBytes(prefix);
        name.write(NEWS);
        name.writeBytes(tag.getBytes(StandardCharsets.US_ASCII));
        name.writeBytes(names);
        return name.toByteArray();
    }
}
