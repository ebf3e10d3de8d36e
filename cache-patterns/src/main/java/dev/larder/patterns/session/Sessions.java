package dev.larder.patterns.session;

import dev.larder.patterns.session.internal.record.SessionRecord;
import org.jspecify.annotations.Nullable;

/** Makes sessions. */
record Sessions(SessionRules rules, AttributeRules attributeRules, Events events, IdGenerator ids) {

    /** Returns one that begins now. */
    Session begun() {
        String id = ids.newId();
        return session(id, Keys.ofId(id), SessionRecord.begun(rules.timesOfNew()), true);
    }

    /** Returns one that is stored. */
    Session stored(@Nullable String id, String key, SessionRecord record) {
        return session(id, key, record, false);
    }

    private Session session(@Nullable String id, String key, SessionRecord record, boolean isNew) {
        return new Session(id, key, record, isNew, rules, attributeRules, events);
    }
}
