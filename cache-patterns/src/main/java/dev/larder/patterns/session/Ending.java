package dev.larder.patterns.session;

import dev.larder.patterns.session.SessionListener.Reason;
import dev.larder.patterns.session.internal.record.Answer;
import dev.larder.patterns.session.internal.record.Answer.Outcome;
import dev.larder.patterns.session.internal.record.Bury;
import dev.larder.patterns.session.internal.record.SessionRecord;
import org.jspecify.annotations.Nullable;

/** Ends sessions, also those that were given another id a moment ago. */
final class Ending {

    /** More renewals than can happen while a tombstone stands. */
    static final int MOST_MOVES = 100;

    private final Records records;
    private final Sessions sessions;
    private final Indexes indexes;

    Ending(Records records, Sessions sessions, Indexes indexes) {
        this.records = records;
        this.sessions = sessions;
        this.indexes = indexes;
    }

    /** Ends a session, and returns whether it was there until now. */
    boolean end(@Nullable String id, String key, Reason reason) {
        String at = key;
        for (int moves = 0; moves < MOST_MOVES; moves++) {
            Answer answer = records.invoke(at, new Bury(sessions.rules().moment()));
            if (answer.outcome() != Outcome.MOVED) {
                return answer.record() != null && tell(id, at, answer.record(), reason);
            }
            at = answer.whereTo();
        }
        return false;
    }

    private boolean tell(@Nullable String id, String key, SessionRecord record, Reason reason) {
        boolean wasLive = !record.hasExpiredAt(sessions.rules().clock().millis());
        indexes.drop(record.indexes(), key);
        Session session = sessions.stored(id, key, record);
        session.ended();
        sessions.events().destroyed(session, wasLive ? reason : Reason.EXPIRED);
        return wasLive;
    }
}
