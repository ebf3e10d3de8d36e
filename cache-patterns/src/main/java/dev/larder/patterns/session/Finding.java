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
        Stored stored = read(key, records.get(key));
        if (stored instanceof Tombstone tombstone && tombstone.isFollowedAt(nowMillis())) {
            return follow(id, Objects.requireNonNull(tombstone.successor()));
        }
        return live(id, key, stored);
    }

    /** Finds a session by the id it had, also if its new one is not valid yet: in each moment one of the two leads to it. */
    private @Nullable Session follow(@Nullable String id, String successor) {
        Stored stored = read(successor, records.get(successor));
        return live(id, successor, stored instanceof SessionRecord record ? record.activated() : stored);
    }

    long nowMillis() {
        return sessions.rules().clock().millis();
    }

    /** Returns the session that this is, or null; one whose time is over ends by that. */
    @Nullable
    Session live(@Nullable String id, String key, @Nullable Stored stored) {
        if (!(stored instanceof SessionRecord record)) {
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
