package dev.larder.patterns.session;

import dev.larder.patterns.session.internal.record.Answer;
import dev.larder.patterns.session.internal.record.Bury;
import dev.larder.patterns.session.internal.record.Leave;
import dev.larder.patterns.session.internal.record.Step;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sessions in a cache, and while that is away, what this instance knows of them.
 *
 * <p>After a failure the cache is asked again a second later. What was done here meanwhile is done there first, while others go on here: the ends of sessions, then all else, each by the very step
 * that was made here; so a change is merged as if it came late, and what ended there stays ended. See {@link Telling}.
 */
final class FallbackRecords implements Records {

    private static final long PAUSE_MILLIS = 1_000;

    /** How often what happened here while the cache was told is told to it while more may happen. */
    private static final int FREE_ROUNDS = 5;

    private final Records store;
    private final LocalCopies copies;
    private final boolean goesOn;
    private final Runnable alsoTold;
    private final InstantSource clock;
    private final Telling untold;
    private final ReentrantLock telling = new ReentrantLock();
    private volatile boolean isAway;
    private volatile long askAgainAtMillis;

    /**
     * Creates them.
     *
     * @param goesOn whether steps are made here while the cache is away, or fail
     * @param alsoTold brings what else was missed to the cache, before sessions
     */
    FallbackRecords(Records store, LocalCopies copies, boolean goesOn, Runnable alsoTold, InstantSource clock) {
        this.store = store;
        this.copies = copies;
        this.untold = new Telling(store, copies);
        this.goesOn = goesOn;
        this.alsoTold = alsoTold;
        this.clock = clock;
    }

    @Override
    public byte @Nullable [] get(String key) {
        while (true) {
            if (isThere()) {
                try {
                    byte[] bytes = store.get(key);
                    copies.seen(key, bytes);
                    return bytes;
                } catch (SessionStoreException e) {
                    away();
                }
            }
            requireKnown(key);
            byte[] here = copies.bytes(key);
            if (here != null || isAway) {
                return here;
            } // else the copy was dropped just now, because the cache is there again
        }
    }

    @Override
    public Map<String, byte[]> getAll(Set<String> keys) {
        return store.getAll(keys);
    }

    @Override
    public Answer invoke(String key, Step step) {
        while (true) {
            if (isThere()) {
                try {
                    Answer answer = store.invoke(key, step);
                    copies.made(key, step, answer);
                    return answer;
                } catch (SessionStoreException e) {
                    away();
                    requireGoesOn(key, step, e);
                }
            }
            requireGoesOn(key, step, null);
            Answer here = makeHere(key, step);
            if (here != null) {
                return here;
            }
        }
    }

    private void requireKnown(String key) {
        if (!goesOn && !copies.knows(key)) {
            throw new SessionStoreException("the cache of sessions is away, and this session is not known here", null);
        }
    }

    /** What was to end here ends here at least. */
    private void requireGoesOn(String key, Step step, @Nullable SessionStoreException failure) {
        if (!goesOn) {
            if (step instanceof Bury || step instanceof Leave) {
                copies.forget(key);
            }
            throw failure != null
                    ? failure
                    : new SessionStoreException("the cache of sessions is away, and sessions are read only", null);
        }
    }

    /** Whether the cache is to be asked; if it was away, only after it was told what happened here. */
    private boolean isThere() {
        if (!isAway) {
            return true;
        }
        if (clock.millis() < askAgainAtMillis || !telling.tryLock()) {
            return false;
        }
        try {
            alsoTold.run();
            tellAll();
            return true;
        } catch (SessionStoreException e) {
            away();
            return false;
        } finally {
            telling.unlock();
        }
    }

    /** Tells all while others go on here; if they change more than is told, they wait for the last round. */
    private void tellAll() {
        for (int rounds = 0; rounds < FREE_ROUNDS; rounds++) {
            if (isAllTold()) {
                return;
            }
            untold.tell();
        }
        synchronized (copies) {
            while (!isAllTold()) {
                untold.tell();
            }
        }
    }

    private void away() {
        askAgainAtMillis = clock.millis() + PAUSE_MILLIS;
        isAway = true;
    }

    /** Makes a step here; then there is something to tell. Returns null if the cache is there again. */
    private @Nullable Answer makeHere(String key, Step step) {
        synchronized (copies) {
            return isAway ? copies.make(key, step) : null;
        }
    }

    /** Whether nothing is left to tell, and the cache is asked from now on; not before do copies go, as others read them until then. */
    private boolean isAllTold() {
        synchronized (copies) {
            isAway = !copies.untold().isEmpty();
            if (!isAway) {
                copies.dropTold();
            }
            return !isAway;
        }
    }
}
