package dev.larder.patterns.session;

import dev.larder.patterns.session.internal.record.Activate;
import dev.larder.patterns.session.internal.record.Answer;
import dev.larder.patterns.session.internal.record.Discard;
import dev.larder.patterns.session.internal.record.Leave;
import dev.larder.patterns.session.internal.record.Moment;
import dev.larder.patterns.session.internal.record.Prepare;
import dev.larder.patterns.session.internal.record.SessionRecord;
import org.jspecify.annotations.Nullable;

/**
 * Gives a session another id, in three steps, each atomic:
 *
 * <ol>
 *   <li>a copy is put to the new key, not valid yet;
 *   <li>the old entry becomes a tombstone that names the new key, if it is still as it was copied; if not, it is copied again. From here on
 *       the old id is dead, and changes of requests that still hold it go to the copy;
 *   <li>the copy becomes valid.
 * </ol>
 *
 * <p>So there is no moment with two valid ids, and a change is either in the entry that was copied or goes to the copy.
 */
final class Rotation {

    private final Records records;
    private final Finding finding;
    private final Sessions sessions;
    private final Indexes indexes;

    Rotation(Records records, Finding finding, Sessions sessions, Indexes indexes) {
        this.records = records;
        this.finding = finding;
        this.sessions = sessions;
        this.indexes = indexes;
    }

    /**
     * Moves a session to a new id.
     *
     * @param insists whether it is moved once more if another request has just moved it
     * @return whether it was moved
     */
    boolean rotate(Session session, boolean insists) {
        String oldKey = session.key();
        String id = sessions.ids().newId();
        String key = Keys.ofId(id);
        if (!leave(session, key, insists)) {
            return false;
        }
        Answer answer = records.invoke(key, new Activate(moment()));
        session.renamed(id, key);
        switch (answer.outcome()) {
            case DONE -> sessions.events().idChanged(oldKey, session);
            case MOVED -> session.movedTo(answer.successor() == null ? key : answer.successor());
            default -> session.ended();
        }
        return true;
    }

    /** Makes the copy and leaves the tombstone; or returns false, and there is no copy. */
    private boolean leave(Session session, String newKey, boolean insists) {
        SessionRecord current = read(session.key());
        for (int tries = 0; tries < Ending.MOST_MOVES; tries++) {
            Answer answer = tryToLeave(
                    session, newKey, current, insists ? 0 : sessions.rules().renewalGrace());
            switch (answer.outcome()) {
                case DONE -> {
                    return true;
                }
                case CONFLICT -> current = answer.record();
                case MOVED -> {
                    session.movedTo(answer.successor() == null ? session.key() : answer.successor());
                    if (!insists) {
                        return discard(newKey);
                    }
                    current = read(session.key());
                }
                default -> {
                    session.ended();
                    return discard(newKey);
                }
            }
        }
        discard(newKey);
        throw new SessionStoreException("a session was changed too often to be given another id", null);
    }

    private Answer tryToLeave(Session session, String newKey, @Nullable SessionRecord current, long followedMillis) {
        long version = -1;
        if (current != null) {
            SessionRecord copy = current.movedAt(moment().nowMillis());
            version = current.version();
            indexes.add(copy.indexes(), newKey, indexes.until(copy.times()));
            records.invoke(newKey, new Prepare(moment(), copy));
        }
        return records.invoke(session.key(), new Leave(moment(), version, newKey, followedMillis));
    }

    private @Nullable SessionRecord read(String key) {
        return finding.read(key, records.get(key)) instanceof SessionRecord record ? record : null;
    }

    private boolean discard(String key) {
        records.invoke(key, new Discard());
        return false;
    }

    private Moment moment() {
        return sessions.rules().moment();
    }
}
