package dev.larder.patterns.session;

import dev.larder.patterns.session.SessionListener.Reason;
import dev.larder.patterns.session.internal.index.Member;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Brings sessions into the indexes, finds them there, and sees to it that there are not too many of one value. */
final class Crowding {

    /**
     * How many sessions there may be of one value.
     *
     * @param sessions how many
     * @param whenTooMany who goes
     */
    record Limit(int sessions, WhenTooMany whenTooMany) {}

    /** A session that is there, and what the index knows of it. */
    private record Found(Member member, Session session) {}

    private static final int NO_LIMIT = Integer.MAX_VALUE;

    private final Records records;
    private final Finding finding;
    private final Ending ending;
    private final Indexes indexes;
    private final Map<String, Limit> limits;

    Crowding(Records records, Finding finding, Ending ending, Indexes indexes, Map<String, Limit> limits) {
        this.records = records;
        this.finding = finding;
        this.ending = ending;
        this.indexes = indexes;
        this.limits = Map.copyOf(limits);
    }

    List<Session> find(String index, String value) {
        return found(index, value).stream().map(Found::session).toList();
    }

    /**
     * Adds a session that is about to be stored.
     *
     * @throws TooManySessionsException if it is refused
     */
    void enter(Session session, Map<String, String> values) {
        long until = indexes.until(session.timesToStore());
        values.forEach((index, value) -> enter(index, value, session, until));
    }

    private void enter(String index, String value, Session session, long until) {
        Limit limit = limits.get(index);
        boolean refuses = limit != null && limit.whenTooMany() == WhenTooMany.REFUSE_NEW;
        int most = limit != null && refuses ? limit.sessions() : NO_LIMIT;
        if (!indexes.add(index, value, session.key(), until, most)) {
            found(index, value); // drops those that are no more
            if (!indexes.add(index, value, session.key(), until, most)) {
                throw new TooManySessionsException(index, most);
            }
        }
    }

    /** Leaves the values that a session had, and ends others where there are too many now. */
    void entered(Session session, Map<String, String> before) {
        before.forEach((index, value) -> {
            if (!value.equals(session.indexes().get(index))) {
                indexes.drop(Map.of(index, value), session.key());
            }
        });
        session.indexes().forEach((index, value) -> {
            Limit limit = limits.get(index);
            if (limit != null && limit.whenTooMany() != WhenTooMany.REFUSE_NEW && !value.equals(before.get(index))) {
                endBeyond(limit, foundIfThere(index, value));
            }
        });
    }

    private void endBeyond(Limit limit, List<Found> found) {
        Comparator<Found> byAge = Comparator.<Found>comparingLong(
                        each -> each.member().added())
                .thenComparing(each -> each.member().key());
        Comparator<Found> order = limit.whenTooMany() == WhenTooMany.END_OLDEST_CREATED
                ? byAge
                : Comparator.<Found>comparingLong(each -> each.session().accessedMillis())
                        .thenComparing(byAge);
        found.stream()
                .sorted(order)
                .limit(Math.max(0, found.size() - limit.sessions()))
                .forEach(each -> {
                    ending.end(null, each.member().key(), Reason.TOO_MANY);
                });
    }

    /** Returns none if the indexes are away and the store goes on without: then nobody is ended. */
    private List<Found> foundIfThere(String index, String value) {
        try {
            return found(index, value);
        } catch (SessionStoreException e) {
            if (!indexes.canBeAway()) {
                throw e;
            }
            return List.of();
        }
    }

    /** Returns the sessions that have a value, in the order in which they got it, and drops from the index those that have not. */
    private List<Found> found(String index, String value) {
        List<Member> members = indexes.members(index, value);
        if (members.isEmpty()) {
            return List.of();
        }
        Map<String, Session> live = live(index, value, members);
        List<Found> found = new ArrayList<>();
        Set<String> dead = new HashSet<>();
        long old = finding.nowMillis() - Indexes.UNDER_WAY.toMillis();
        for (Member member : members) {
            Session session = live.get(member.key());
            if (session != null) {
                found.add(new Found(member, session));
            } else if (member.added() < old) {
                dead.add(member.key());
            }
        }
        if (!dead.isEmpty()) {
            indexes.drop(index, value, dead);
        }
        return found;
    }

    private Map<String, Session> live(String index, String value, List<Member> members) {
        Set<String> keys = members.stream().map(Member::key).collect(Collectors.toSet());
        Map<String, Session> live = new LinkedHashMap<>();
        records.getAll(keys).forEach((key, bytes) -> {
            Session session = finding.live(null, key, bytes);
            if (session != null && value.equals(session.indexes().get(index))) {
                live.put(key, session);
            }
        });
        return live;
    }
}
