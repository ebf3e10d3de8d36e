package dev.larder.patterns.session;

import dev.larder.patterns.session.internal.record.Answer;
import dev.larder.patterns.session.internal.record.DetachedEntry;
import dev.larder.patterns.session.internal.record.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that this instance saw lately, as it saw them, and the steps that were made on them here only. Safe for use by many threads.
 */
final class LocalCopies {

    /** A session, and what was done to it here only. */
    private static final class Copy {

        private byte @Nullable [] bytes;
        private final List<Step> steps = new ArrayList<>();

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
            if (copy != null && copy.steps.isEmpty()) {
                copies.remove(key);
            }
        } else if (copy == null || copy.steps.isEmpty()) {
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
        copy.note(step.made());
        return answer;
    }

    synchronized void forget(String key) {
        copies.remove(key);
    }

    /** Returns the steps that were made here only, by key. */
    synchronized Map<String, List<Step>> steps() {
        Map<String, List<Step>> all = new LinkedHashMap<>();
        copies.forEach((key, copy) -> {
            if (!copy.steps.isEmpty()) {
                all.put(key, List.copyOf(copy.steps));
            }
        });
        return all;
    }

    /** Notes that the first steps of a key were made by the cache. */
    synchronized void forgetSteps(String key, int number) {
        Copy copy = copies.get(key);
        if (copy != null) {
            copy.steps.subList(0, Math.min(number, copy.steps.size())).clear();
        }
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
        copies.remove(Objects.requireNonNull(eldest));
    }
}
