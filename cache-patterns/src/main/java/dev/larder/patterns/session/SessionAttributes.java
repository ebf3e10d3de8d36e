package dev.larder.patterns.session;

import dev.larder.patterns.session.internal.record.Changes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a session as one request sees them: as they were stored, read when they are asked for, and under what the request changed. Safe for use by many threads.
 */
final class SessionAttributes {

    private static final Object REMOVED = new Object();

    private final AttributeRules rules;
    private final BiConsumer<String, String> unreadable;
    private final Map<String, byte[]> stored;
    private final Map<String, Object> read = new HashMap<>();

    /** What was read, as its codec writes it if nothing is changed in it; not always as it was stored. For finding changes in place. */
    private final Map<String, byte[]> unchanged = new HashMap<>();

    private final Map<String, Object> changed = new LinkedHashMap<>();

    /** What {@link #changes} took last, to tell it from what is set later. */
    private final Map<String, Object> taken = new HashMap<>();

    private final Set<String> damaged = new HashSet<>();

    /**
     * Creates them.
     *
     * @param unreadable is told the name of what cannot be read, and why
     */
    SessionAttributes(Map<String, byte[]> stored, AttributeRules rules, BiConsumer<String, String> unreadable) {
        this.stored = new LinkedHashMap<>(stored);
        this.rules = rules;
        this.unreadable = unreadable;
    }

    synchronized @Nullable Object get(String name) {
        Object change = changed.get(name);
        if (change != null) {
            return change == REMOVED ? null : change;
        }
        Object known = read.get(name);
        return known != null ? known : decode(name);
    }

    private @Nullable Object decode(String name) {
        byte[] bytes = stored.get(name);
        if (bytes == null || damaged.contains(name)) {
            return null;
        }
        try {
            Object value = rules.codec().decode(name, bytes);
            if (rules.detectingInPlace()) {
                unchanged.put(name, rules.written(name, value));
            }
            read.put(name, value);
            return value;
        } catch (UnreadableAttributeException | RuntimeException | LinkageError | StackOverflowError e) {
            damaged.add(name);
            unreadable.accept(
                    name,
                    e instanceof UnreadableAttributeException
                            ? "" + e.getMessage()
                            : e.getClass().getName());
            return null;
        }
    }

    synchronized void set(String name, @Nullable Object value) {
        if (value != null) {
            changed.put(name, value);
        } else if (stored.containsKey(name)) {
            changed.put(name, REMOVED);
        } else {
            changed.remove(name);
        }
    }

    /** Returns the names of those that are there and can be read. */
    synchronized Set<String> names() {
        Set<String> names = new LinkedHashSet<>(stored.keySet());
        names.addAll(changed.keySet());
        names.removeIf(name -> get(name) == null);
        return names;
    }

    /** Returns what is to be saved, as bytes. */
    synchronized Changes changes() {
        noticeChangesInPlace();
        if (changed.isEmpty()) {
            return Changes.NONE;
        }
        Map<String, byte[]> written = new LinkedHashMap<>();
        Set<String> removed = new LinkedHashSet<>();
        changed.forEach((name, value) -> {
            if (value == REMOVED) {
                removed.add(name);
            } else {
                written.put(name, rules.encode(name, value));
            }
        });
        taken.clear();
        taken.putAll(changed);
        return new Changes(written, removed, rules.comparing() ? expected() : null);
    }

    private void noticeChangesInPlace() {
        if (rules.detectingInPlace()) {
            read.forEach((name, value) -> {
                if (!changed.containsKey(name) && isChangedInPlace(name, value)) {
                    changed.put(name, value);
                }
            });
        }
    }

    private boolean isChangedInPlace(String name, Object value) {
        return !Arrays.equals(unchanged.get(name), rules.written(name, value));
    }

    private Map<String, byte[]> expected() {
        Map<String, byte[]> expected = new HashMap<>(stored);
        expected.keySet().retainAll(changed.keySet());
        return expected;
    }

    synchronized boolean isChanged() {
        noticeChangesInPlace();
        return !changed.isEmpty();
    }

    synchronized void revert() {
        changed.clear();
        taken.clear();
        read.clear();
        unchanged.clear();
    }

    /** Takes note that changes were saved; what was set since they were taken stays to be saved. */
    synchronized void saved(Changes changes) {
        changes.removed().forEach(name -> {
            stored.remove(name);
            read.remove(name);
            changed.remove(name, REMOVED);
        });
        changes.written().forEach((name, bytes) -> {
            stored.put(name, bytes);
            damaged.remove(name);
            read.remove(name);
            Object value = changed.get(name);
            if (value != null && value == taken.get(name)) {
                changed.remove(name);
                read.put(name, value);
                unchanged.put(name, bytes);
            }
        });
    }
}
