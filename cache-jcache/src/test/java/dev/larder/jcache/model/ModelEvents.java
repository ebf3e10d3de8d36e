package dev.larder.jcache.model;

import dev.larder.store.StoreTraits.ExpiryNews;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.EventType;

/**
 * What the listener of a cache ought to hear: what an operation does, before it returns; and of each entry whose deadline
 * has come, once, sooner or later, but before the next value of its key. Events of one key have an order, those of
 * different keys have none.
 */
final class ModelEvents<V> {

    private final Listening listening;
    private final ExpiryNews expiryNews;
    private final ValuePool<V> values;
    private final Map<String, List<Told<V>>> expected = new HashMap<>();

    /** The entries that died of age and were not told of yet. */
    private final Map<String, Death<V>> deaths = new HashMap<>();

    private boolean listenerFails;

    /**
     * The end of an entry whose deadline has come.
     *
     * @param isOwed whether it must be told at all
     */
    private record Death<V>(Told<V> event, ModelEntry<V> entry, boolean isOwed) {
        long deadlineMillis() {
            return entry.deadlineMillis();
        }
    }

    ModelEvents(Setup setup, ValuePool<V> values) {
        this.listening = setup.listening();
        this.expiryNews = setup.store().expiryNews();
        this.values = values;
    }

    void created(String key, V value) {
        expect(new Told<>(EventType.CREATED, key, value, null));
    }

    void updated(String key, V value, V old) {
        expect(new Told<>(EventType.UPDATED, key, value, old));
    }

    void removed(String key, V old) {
        expect(new Told<>(EventType.REMOVED, key, old, old));
    }

    /** An operation set the deadline of an entry to now, and so knows of its end. */
    void expiredAtOnce(String key, V old) {
        expect(new Told<>(EventType.EXPIRED, key, old, old));
    }

    private void expect(Told<V> event) {
        if (listening.hears(event)) {
            expected.computeIfAbsent(event.key(), key -> new ArrayList<>()).add(asHeard(event));
            listenerFails |= listening.failsOn(event);
        }
    }

    private Told<V> asHeard(Told<V> event) {
        return listening.wantsOld() ? event : event.withoutOld();
    }

    /** The deadline of an entry has come. */
    void died(String key, ModelEntry<V> entry) {
        Told<V> event = new Told<>(EventType.EXPIRED, key, entry.value(), entry.value());
        if (listening.hears(event)) {
            deaths.put(key, new Death<>(asHeard(event), entry, expiryNews != ExpiryNews.NONE));
        }
    }

    /** All entries were dropped, the dead ones too. Of these nobody needs to hear, but some news may be on their way. */
    void cleared() {
        deaths.replaceAll((key, death) -> new Death<>(death.event(), death.entry(), false));
    }

    /** All entries with one of these tags were, in the same way. */
    void invalidated(Set<String> tags) {
        deaths.replaceAll((key, death) ->
                death.entry().hasAnyOf(tags) ? new Death<>(death.event(), death.entry(), false) : death);
    }

    /** Fails as the operation must whose events the listener fails on. The operation is done, though. */
    void throwFailure() {
        if (listenerFails) {
            listenerFails = false;
            throw new CacheEntryListenerException(new IllegalStateException("no"));
        }
    }

    /** Whether somebody must yet hear of an entry whose deadline was not after this moment. */
    boolean owesUntil(long millis) {
        return deaths.values().stream().anyMatch(death -> death.isOwed() && death.deadlineMillis() <= millis);
    }

    /** Compares what was heard in a step with what should be; returns the first difference in words, or null. */
    String compare(List<Told<V>> heard) {
        Map<String, List<Told<V>>> byKey = new LinkedHashMap<>();
        heard.forEach(event ->
                byKey.computeIfAbsent(event.key(), key -> new ArrayList<>()).add(event));
        expected.keySet().forEach(key -> byKey.computeIfAbsent(key, k -> new ArrayList<>()));
        String difference = null;
        for (Map.Entry<String, List<Told<V>>> each : byKey.entrySet()) {
            String found = compare(each.getKey(), each.getValue(), expected.getOrDefault(each.getKey(), List.of()));
            difference = difference == null ? found : difference;
        }
        expected.clear();
        listenerFails = false;
        return difference;
    }

    private String compare(String key, List<Told<V>> heard, List<Told<V>> wanted) {
        Death<V> death = deaths.get(key);
        if (death != null && !heard.isEmpty() && isOf(death, heard.get(0))) {
            deaths.remove(key);
            heard.remove(0);
        }
        if (!areSame(heard, wanted)) {
            return "heard " + text(heard) + " instead of " + text(wanted)
                    + (death == null ? "" : ", after the death " + text(List.of(death.event())));
        }
        boolean isCreated = wanted.stream().anyMatch(event -> event.type() == EventType.CREATED);
        Death<V> untold = isCreated ? deaths.remove(key) : null;
        return untold == null || !untold.isOwed()
                ? null
                : "created before this was heard: " + text(List.of(untold.event()));
    }

    private boolean isOf(Death<V> death, Told<V> heard) {
        boolean isNameless = expiryNews != ExpiryNews.VALUE && heard.old() == null && heard.value() == null;
        return heard.type() == EventType.EXPIRED && (isNameless || isSame(heard, death.event()));
    }

    private boolean areSame(List<Told<V>> heard, List<Told<V>> wanted) {
        boolean same = heard.size() == wanted.size();
        for (int i = 0; same && i < heard.size(); i++) {
            same = isSame(heard.get(i), wanted.get(i));
        }
        return same;
    }

    private boolean isSame(Told<V> heard, Told<V> wanted) {
        return heard.type() == wanted.type()
                && values.same(heard.value(), wanted.value())
                && values.same(heard.old(), wanted.old());
    }

    private String text(List<Told<V>> events) {
        return events.stream()
                .map(event -> event.type() + " " + event.key() + "=" + values.text(event.value()) + " was "
                        + values.text(event.old()))
                .toList()
                .toString();
    }
}
