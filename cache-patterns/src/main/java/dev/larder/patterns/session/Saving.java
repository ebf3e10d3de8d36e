package dev.larder.patterns.session;

import dev.larder.patterns.session.SessionListener.Reason;
import dev.larder.patterns.session.internal.record.Answer;
import dev.larder.patterns.session.internal.record.Changes;
import dev.larder.patterns.session.internal.record.Merge;
import dev.larder.patterns.session.internal.record.SessionRecord;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stores what a request changed in a session. */
final class Saving {

    private final Records records;
    private final Sessions sessions;
    private final Indexes indexes;
    private final Crowding crowding;
    private final Ending ending;
    private final int maxSessionBytes;

    Saving(Records records, Sessions sessions, Indexes indexes, Crowding crowding, Ending ending, int maxSessionBytes) {
        this.records = records;
        this.sessions = sessions;
        this.indexes = indexes;
        this.crowding = crowding;
        this.ending = ending;
        this.maxSessionBytes = maxSessionBytes;
    }

    /**
     * What is to be stored.
     *
     * @param indexes the values in the indexes, if these are to be told
     */
    private record Wish(
            Changes changes,
            @Nullable Long idleMillis,
            @Nullable Map<String, String> indexes) {}

    SaveResult save(Session session) {
        if (session.hasEnded()) {
            return SaveResult.GONE;
        }
        Changes changes = session.changes();
        Long idleMillis = session.newIdleMillis();
        boolean isChanged = session.isNew() || !changes.isEmpty() || idleMillis != null;
        if (!isChanged && !session.isAccessWorthWriting()) {
            return SaveResult.UNCHANGED;
        }
        return save(session, new Wish(changes, idleMillis, indexesToTell(session, isChanged, idleMillis != null)));
    }

    private @Nullable Map<String, String> indexesToTell(Session session, boolean isChanged, boolean livesLonger) {
        Map<String, String> values = isChanged ? indexes.valuesOf(session) : session.indexes();
        boolean isNews = livesLonger || !values.equals(session.indexes()) || indexes.isDue(session);
        return isNews ? values : null;
    }

    private SaveResult save(Session session, Wish wish) {
        boolean isNew = session.isNew();
        for (int moves = 0; moves < Ending.MOST_MOVES; moves++) {
            if (wish.indexes() != null) {
                crowding.enter(session, wish.indexes());
            }
            Answer answer = records.invoke(session.key(), merge(session, wish));
            switch (answer.outcome()) {
                case DONE -> {
                    return done(session, wish, answer, isNew);
                }
                case CONFLICT -> {
                    return SaveResult.CONFLICT;
                }
                case TOO_LARGE -> throw SessionTooLargeException.ofSession(answer.bytes(), maxSessionBytes);
                case MOVED -> session.movedTo(answer.successor() == null ? session.key() : answer.successor());
                case GONE -> {
                    return gone(session, wish);
                }
            }
        }
        return gone(session, wish);
    }

    private Merge merge(Session session, Wish wish) {
        return new Merge(
                sessions.rules().moment(),
                session.isNew() ? SessionRecord.begun(session.times()) : null,
                wish.changes(),
                session.accessedMillis(),
                wish.idleMillis(),
                wish.indexes(),
                maxSessionBytes);
    }

    private SaveResult done(Session session, Wish wish, Answer answer, boolean isNew) {
        Map<String, String> before = session.indexes();
        if (answer.record() != null) {
            session.saved(wish.changes(), wish.idleMillis(), answer.record());
        }
        if (isNew) {
            sessions.events().created(session);
            if (session.hasEnded()) {
                ending.end(session.knownId(), session.key(), Reason.INVALIDATED);
                return SaveResult.GONE;
            }
        }
        if (wish.indexes() != null) {
            crowding.entered(session, before);
        }
        return SaveResult.SAVED;
    }

    private SaveResult gone(Session session, Wish wish) {
        session.ended();
        if (wish.indexes() != null) {
            indexes.drop(wish.indexes(), session.key());
        }
        return SaveResult.GONE;
    }
}
