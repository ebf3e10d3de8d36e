package dev.larder.patterns.session;

import dev.larder.patterns.session.internal.record.Activate;
import dev.larder.patterns.session.internal.record.Answer;
import dev.larder.patterns.session.internal.record.Discard;
import dev.larder.patterns.session.internal.record.Leave;
import dev.larder.patterns.session.internal.record.Moment;
import dev.larder.patterns.session.internal.record.Prepare;
import dev.larder.patterns.session.internal.record.SessionRecord;
import dev.larder.patterns.session.internal.record.Step;
import dev.larder.patterns.session.internal.record.Tombstone;
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
 * <p>So there is no moment with two valid ids, and a change is either in the entry that was copied or goes to the copy. From the second step on there is no way back: what
 * fails is tried once more.
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
        SessionRecord copy = leave(session, key, insists);
        if (copy == null) {
            discard(key);
            return false;
        }
        try {
            moveIndexes(copy, session.key(), key);
        } finally {
            arrive(session, oldKey, id, key);
        }
        return true;
    }

    private void moveIndexes(SessionRecord moved, String from, String to) {
        long until = indexes.until(moved.times());
        try {
            indexes.move(moved.indexes(), from, to, until);
        } catch (SessionStoreException e) {
            indexes.move(moved.indexes(), from, to, until);
        }
    }

    /** Makes the copy valid. The session has the new id also if that fails, as the old one is dead. */
    private void arrive(Session session, String oldKey, String id, String key) {
        session.renamed(id, key);
        Answer answer = invoke(key, new Activate(moment()));
        switch (answer.outcome()) {
            case DONE -> sessions.events().idChanged(oldKey, session);
            case MOVED -> session.movedTo(answer.whereTo());
            default -> session.ended();
        }
    }

    /** Makes a step, once more if the answer is lost: from the second one on, the session hangs by it. */
    private Answer invoke(String key, Step step) {
        try {
            return records.invoke(key, step);
        } catch (SessionStoreException e) {
            return records.invoke(key, step);
        }
    }

    /** Makes the copy and leaves the tombstone, and returns the copy; or null, if the session has ended or another request moved it. */
    private @Nullable SessionRecord leave(Session session, String newKey, boolean insists) {
        SessionRecord current = read(session.key());
        for (int tries = 0; tries < Ending.MOST_MOVES; tries++) {
            Answer answer = tryToLeave(session, newKey, current, insists);
            switch (answer.outcome()) {
                case DONE -> {
                    return current;
                }
                case CONFLICT -> current = answer.record();
                case MOVED -> {
                    session.movedTo(answer.whereTo());
                    if (!insists) {
                        return null;
                    }
                    current = read(session.key());
                }
                default -> {
                    session.ended();
                    return null;
                }
            }
        }
        discard(newKey);
        throw new SessionStoreException("a session was changed too often to be given another id", null);
    }

    private Answer tryToLeave(Session session, String newKey, @Nullable SessionRecord current, boolean insists) {
        long version = -1;
        if (current != null) {
            version = current.version();
            records.invoke(newKey, new Prepare(moment(), current.movedAt(moment().nowMillis())));
        }
        long followedMillis = insists ? 0 : sessions.rules().renewalGrace();
        Leave leave = new Leave(moment(), version, newKey, followedMillis);
        try {
            return invoke(session.key(), leave);
        } catch (SessionStoreException e) {
            if (hasLeft(session.key(), newKey)) {
                return Answer.done();
            }
            throw e;
        }
    }

    /** Whether the old id is dead though nobody said so: who asked for the new one must be told of it then. */
    private boolean hasLeft(String oldKey, String newKey) {
        return finding.read(oldKey, records.get(oldKey)) instanceof Tombstone tombstone
                && newKey.equals(tombstone.successor());
    }

    private @Nullable SessionRecord read(String key) {
        return finding.read(key, records.get(key)) instanceof SessionRecord record ? record : null;
    }

    private void discard(String key) {
        records.invoke(key, new Discard());
    }

    private Moment moment() {
        return sessions.rules().moment();
    }
}
