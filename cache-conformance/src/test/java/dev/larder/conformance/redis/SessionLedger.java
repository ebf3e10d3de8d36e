package dev.larder.conformance.redis;

import dev.larder.patterns.session.Session;
import dev.larder.patterns.session.SessionStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What users were told is saved, as numbers that grow, and which sessions have ended; and whether a store agrees. For any number of threads. */
final class SessionLedger {

    /** An attribute of a session. */
    private record Place(String id, String attribute) {}

    private final Map<Place, Integer> saved = new ConcurrentHashMap<>();
    private final Set<String> ended = ConcurrentHashMap.newKeySet();
    private final Set<String> doubtful = ConcurrentHashMap.newKeySet();

    /** Somebody was told that a number is saved. */
    void saved(String id, String attribute, int number) {
        saved.merge(new Place(id, attribute), number, Math::max);
    }

    /** A session has ended, for those who ended it. */
    void ended(String id) {
        ended.add(id);
    }

    /** Somebody was not told whether a session has ended: it may be there or not. */
    void doubtful(String id) {
        doubtful.add(id);
    }

    /**
     * Returns what was saved and is not there, but for sessions that need not be there. What is there may be later than that: a save that failed may have been made all the
     * same.
     */
    List<String> lostIn(SessionStore store) {
        List<String> lost = new ArrayList<>();
        saved.forEach((place, number) -> {
            if (ended.contains(place.id()) || doubtful.contains(place.id())) {
                return;
            }
            Session session = store.find(place.id());
            Object stored = session == null ? null : session.attribute(place.attribute());
            if (!(stored instanceof Integer there) || there < number) {
                lost.add(place.attribute() + ": " + stored + " and not " + number);
            }
        });
        return lost;
    }

    /** Returns the sessions that have ended and are there. */
    List<String> backIn(SessionStore store) {
        return ended.stream().filter(id -> store.find(id) != null).toList();
    }
}
