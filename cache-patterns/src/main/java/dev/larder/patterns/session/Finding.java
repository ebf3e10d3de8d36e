package dev.larder.patterns.session;

import dev.larder.patterns.session.SessionListener.Reason;
import dev.larder.patterns.session.internal.record.Answer;
import dev.larder.patterns.session.internal.record.DamagedBytesException;
import dev.larder.patterns.session.internal.record.Expire;
import dev.larder.patterns.session.internal.record.Moment;
import dev.larder.patterns.session.internal.record.RecordFormat;
import dev.larder.patterns.session.internal.record.SessionRecord;
import dev.larder.patterns.session.internal.record.Stored;
import dev.larder.patterns.session.internal.record.Tombstone;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Looks for sessions, and tells of those whose time it finds over. */
final class Finding {

    private final Records records;
    private final Sessions sessions;
    private final Indexes indexes;

    Finding(Records records, Sessions sessions, Indexes indexes) {
        this.records = records;
        this.sessions = sessions;
        this.indexes = indexes;
    }

    @Nullable
    Session find(@Nullable String id, String key) {
        byte[] bytes = records.get(key);
        if (read(key, bytes) instanceof Tombstone tombstone && tombstone.isFollowedAt(nowMillis())) {
            String successor = Objects.requireNonNull(tombstone.successor());
            return live(id, successor, records.get(successor));
        }
        return live(id, key, bytes);
    }

    long nowMillis() {
        return sessions.rules().clock().millis();
    }

    /** Returns the session that these bytes are, or null. */
    @Nullable
    Session live(@Nullable String id, String key, byte @Nullable [] bytes) {
        if (!(read(key, bytes) instanceof SessionRecord record)) {
            return null;
        }
        long now = nowMillis();
        if (record.hasExpiredAt(now)) {
            tryToExpire(key);
            return null;
        }
        return record.isLiveAt(now) ? sessions.stored(id, key, record) : null;
    }

    private void tryToExpire(String key) {
        try {
            expire(key);
        } catch (SessionStoreException e) {
            // somebody will find it later
        }
    }

    /** Returns what these bytes are, or null. */
    @Nullable
    Stored read(String key, byte @Nullable [] bytes) {
        try {
            return bytes == null ? null : RecordFormat.decode(bytes);
        } catch (DamagedBytesException e) {
            sessions.events().unreadable(key, null, "" + e.getMessage());
            return null;
        }
    }

    /** Drops a session whose time is over, and tells of it if nobody did so before. */
    boolean expire(String key) {
        Moment moment = sessions.rules().moment();
        Answer answer = records.invoke(key, new Expire(moment));
        SessionRecord expired = answer.record();
        if (expired == null) {
            return false;
        }
        indexes.drop(expired.indexes(), key);
        Session session = sessions.stored(null, key, expired);
        session.ended();
        sessions.events().destroyed(session, Reason.EXPIRED);
        return true;
    }
}
