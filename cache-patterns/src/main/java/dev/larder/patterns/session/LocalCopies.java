package dev.larder.patterns.session;

import dev.larder.patterns.session.internal.record.Answer;
import dev.larder.patterns.session.internal.record.Answer.Outcome;
import dev.larder.patterns.session.internal.record.DetachedEntry;
import dev.larder.patterns.session.internal.record.Prepare;
import dev.larder.patterns.session.internal.record.RecordFormat;
import dev.larder.patterns.session.internal.record.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that this instance saw lately, as it saw them, and the steps that were made on them here only. Safe for use by many threads.
 */
final class LocalCopies {

    /** A session, and what was done to it here only. */
    private static final class Copy {

        private byte @Nullable [] bytes;
        private final List<Step> steps = new ArrayList<>();
        private boolean isTold;

        /** Not if it was changed here only; nor if it has ended, as what was read may be older than that. */
        boolean mayBecomeWhatIsThere() {
            return steps.isEmpty() && !RecordFormat.isTombstone(bytes);
        }

        /** Whether what happened here was told; it may be another one there, by what happened there. A dead one stays, so that nothing brings it back. */
        boolean isOfNoUseThen() {
            return isTold && mayBecomeWhatIsThere();
        }

        /** Notes a step, as one with the last if that can be. */
        void note(Step step) {
            Step both = steps.isEmpty() ? null : steps.get(steps.size() - 1).with(step);
            if (both == null) {
                steps.add(step);
            } else {
                steps.set(steps.size() - 1, both);
            }
        }
    }

    private final int capacity;
    private final Map<String, Copy> copies = new LinkedHashMap<>(16, 0.75f, true);

    LocalCopies(int capacity) {
        this.capacity = capacity;
    }

    synchronized boolean knows(String key) {
        return copies.containsKey(key);
    }

    synchronized byte @Nullable [] bytes(String key) {
        Copy copy = copies.get(key);
        return copy == null ? null : copy.bytes;
    }

    /** Notes what the cache has. */
    synchronized void seen(String key, byte @Nullable [] bytes) {
        Copy copy = copies.get(key);
        if (bytes == null) {
            if (copy != null && copy.mayBecomeWhatIsThere()) {
                copies.remove(key);
            }
        } else if (copy == null || copy.mayBecomeWhatIsThere()) {
            copy(key).bytes = bytes;
        }
    }

    /** Makes a step that the cache made too; a copy to which something else happens by it is none. */
    synchronized void made(String key, Step step, Answer answer) {
        Copy copy = copies.get(key);
        DetachedEntry entry = new DetachedEntry(key, copy == null ? null : copy.bytes);
        if (step.process(entry).outcome() != answer.outcome() || entry.getValue() == null) {
            copies.remove(key);
        } else {
            copy(key).bytes = entry.getValue();
        }
    }

    /**
     * Makes a step here only, and notes it.
     *
     * @throws SessionStoreException if there is no room
     */
    synchronized Answer make(String key, Step step) {
        Copy copy = copy(key);
        DetachedEntry entry = new DetachedEntry(key, copy.bytes);
        Answer answer = step.process(entry);
        copy.bytes = entry.getValue();
        if (answer.outcome() != Outcome.MOVED) { // else it is made where the session is
            copy.note(step.made());
        }
        return answer;
    }

    synchronized void forget(String key) {
        copies.remove(key);
    }

    /** Returns the keys for which steps were made here only. */
    synchronized Set<String> untold() {
        return copies.entrySet().stream()
                .filter(each -> !each.getValue().steps.isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether the last thing that happened here to a session is that its key became a dead one. */
    synchronized boolean isDead(String key) {
        return RecordFormat.isTombstone(bytes(key));
    }

    /** Takes the steps of a key out, in their order, to tell them. */
    synchronized List<Step> takeSteps(String key) {
        Copy copy = copies.get(key);
        if (copy == null) {
            return List.of();
        }
        List<Step> taken = List.copyOf(copy.steps);
        copy.steps.clear();
        return taken;
    }

    /** Puts steps that could not be told back, before those that came meanwhile. */
    synchronized void putBack(String key, List<Step> steps) {
        copy(key).steps.addAll(0, steps);
    }

    /** Drops the copies that a session that moved here only was to begin with, as it has another one there. */
    synchronized void dropPreparations(String key) {
        Copy copy = copies.get(key);
        if (copy != null) {
            copy.steps.removeIf(Prepare.class::isInstance);
        }
    }

    /** Whether this is a session of which nothing was told yet. */
    synchronized boolean isUntold(String key) {
        Copy copy = copies.get(key);
        return copy != null && !copy.isTold;
    }

    /** Notes that steps of a key were told. */
    synchronized void noteTold(String key) {
        Copy copy = copies.get(key);
        if (copy != null) {
            copy.isTold = true;
        }
    }

    /** Drops the copies of which all was told. */
    synchronized void dropTold() {
        copies.values().removeIf(Copy::isOfNoUseThen);
    }

    private Copy copy(String key) {
        Copy present = copies.get(key);
        if (present != null) {
            return present;
        }
        if (copies.size() >= capacity) {
            dropEldest();
        }
        Copy copy = new Copy();
        copies.put(key, copy);
        return copy;
    }

    private void dropEldest() {
        String eldest = copies.entrySet().stream()
                .filter(each -> each.getValue().steps.isEmpty())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
        if (eldest == null) {
            throw new SessionStoreException(
                    "while the cache is away, more sessions were changed than localSessions = " + capacity, null);
        }
        copies.remove(eldest);
    }
}
