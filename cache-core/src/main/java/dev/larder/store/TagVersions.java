package dev.larder.store;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which entries with tags are out of date: the rule that all stores share, and what it takes to apply it.
 *
 * <p>Invalidations are numbered, and each tag has the number of its last one. An entry keeps the number as of which its value
 * was up to date, and is live as long as none of its tags has a later one. So to invalidate a tag costs the same however many
 * entries have it, and an entry finds out when it is read.
 *
 * <p>There is room for {@value #CAPACITY} tags. If more were invalidated, those whose last invalidation is the longest ago are
 * forgotten, and for their sake <em>every</em> entry with tags that is older than that invalidation counts as out of date.
 *
 * <p>A store of this JVM alone asks for {@link #invalidate}. One whose server does the numbering tells what it hears by
 * {@link #learn} and {@link #learnFloor}. Safe for use by many threads; only invalidations take a lock.
 */
public final class TagVersions {

    /** How many tags are known at most. */
    public static final int CAPACITY = 10_000;

    private final int capacity;
    private final ConcurrentHashMap<String, Long> last = new ConcurrentHashMap<>();

    /** The same, the longest ago first; guarded by this. */
    private final Map<String, Long> inOrder = new LinkedHashMap<>();

    /** Written after what it stands for has been noted: who knows the number finds all up to it. Guarded by this for writing. */
    private volatile long number;

    /** Raised before anything is forgotten, and so to be read after it was looked for. */
    private volatile long floor;

    /** Creates versions with room for {@value #CAPACITY} tags. */
    public TagVersions() {
        this(CAPACITY);
    }

    TagVersions(int capacity) {
        this.capacity = capacity;
    }

    /** Returns the number of the last invalidation; zero before the first. */
    public long number() {
        return number;
    }

    /** Notes that these tags are invalidated now. */
    public synchronized void invalidate(Collection<String> tags) {
        learn(tags, number + 1);
    }

    /** Notes that these tags were invalidated by the invalidation of that number, which may be told late or twice. */
    public synchronized void learn(Collection<String> tags, long invalidation) {
        for (String tag : tags) {
            if (last.getOrDefault(tag, 0L) < invalidation) {
                last.put(tag, invalidation);
                inOrder.remove(tag);
                inOrder.put(tag, invalidation);
            }
        }
        forgetWhatIsTooMuch();
        number = Math.max(number, invalidation);
    }

    /** Notes that of the invalidations up to that number some are not told by their tags: a server has forgotten which. */
    public synchronized void learnFloor(long invalidation) {
        floor = Math.max(floor, invalidation);
        number = Math.max(number, invalidation);
    }

    private void forgetWhatIsTooMuch() {
        Iterator<Map.Entry<String, Long>> oldest = inOrder.entrySet().iterator();
        while (inOrder.size() > capacity) {
            Map.Entry<String, Long> forgotten = oldest.next();
            floor = Math.max(floor, forgotten.getValue());
            last.remove(forgotten.getKey());
            oldest.remove();
        }
    }

    /** Whether none of these tags was invalidated after the invalidation of that number. */
    public boolean isUpToDate(Set<String> tags, long asOf) {
        if (asOf >= number) {
            return true;
        }
        for (String tag : tags) {
            Long invalidation = last.get(tag);
            if (invalidation != null && invalidation > asOf) {
                return false;
            }
        }
        return floor <= asOf;
    }
}
