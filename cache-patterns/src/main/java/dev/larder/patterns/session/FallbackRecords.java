package dev.larder.patterns.session;

import dev.larder.patterns.session.internal.record.Answer;
import dev.larder.patterns.session.internal.record.Answer.Outcome;
import dev.larder.patterns.session.internal.record.Bury;
import dev.larder.patterns.session.internal.record.Leave;
import dev.larder.patterns.session.internal.record.Step;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sessions in a cache, and while that is away, what this instance knows of them.
 *
 * <p>After a failure the cache is asked again a second later. What was done here meanwhile is done there first: the ends of sessions, then all else, each by the very step
 * that was made here; so a change is merged as if it came late, and what ended there stays ended.
 */
final class FallbackRecords implements Records {

    private static final long PAUSE_MILLIS = 1_000;

    private final Records store;
    private final LocalCopies copies;
    private final boolean goesOn;
    private final Runnable alsoReplayed;
    private final InstantSource clock;
    private final ReentrantLock replaying = new ReentrantLock();
    private volatile boolean isAway;
    private volatile long askAgainAtMillis;

    /**
     * Creates them.
     *
     * @param goesOn whether steps are made here while the cache is away, or fail
     * @param alsoReplayed brings what else was missed to the cache, before sessions
     */
    FallbackRecords(Records store, LocalCopies copies, boolean goesOn, Runnable alsoReplayed, InstantSource clock) {
        this.store = store;
        this.copies = copies;
        this.goesOn = goesOn;
        this.alsoReplayed = alsoReplayed;
        this.clock = clock;
    }

    @Override
    public byte @Nullable [] get(String key) {
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
        return copies.bytes(key);
    }

    @Override
    public Map<String, byte[]> getAll(Set<String> keys) {
        return store.getAll(keys);
    }

    @Override
    public Answer invoke(String key, Step step) {
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
        isAway = true;
        return copies.make(key, step);
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

    private void away() {
        askAgainAtMillis = clock.millis() + PAUSE_MILLIS;
        isAway = true;
    }

    /** Whether the cache is to be asked; if it was away, only after it was told what happened here. */
    private boolean isThere() {
        if (!isAway) {
            return true;
        }
        if (clock.millis() < askAgainAtMillis || !replaying.tryLock()) {
            return false;
        }
        try {
            isAway = false;
            alsoReplayed.run();
            replay();
            return !isAway;
        } catch (SessionStoreException e) {
            away();
            return false;
        } finally {
            replaying.unlock();
        }
    }

    private void replay() {
        copies.steps().forEach((key, steps) -> {
            if (isEnd(steps.get(steps.size() - 1))) {
                replay(key, steps);
            }
        });
        copies.steps().forEach(this::replay); // without those that the ends left nothing of
    }

    private static boolean isEnd(Step step) {
        return step instanceof Bury || step instanceof Leave;
    }

    private void replay(String key, List<Step> steps) {
        for (Step step : steps) {
            Answer answer = store.invoke(key, step);
            if (step instanceof Leave leave && answer.outcome() == Outcome.GONE) {
                copies.forget(leave.successor());
            }
            copies.forgetSteps(key, 1);
        }
        copies.forget(key); // the next who wants it reads what it has become
    }
}
