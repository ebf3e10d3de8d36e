package dev.larder.patterns.session.internal.record;

import java.io.Serializable;

/** What can be at a session's key. */
public sealed interface Stored extends Serializable permits SessionRecord, Tombstone {

    /** Returns the moment from which on the entry is of no use to anybody, in milliseconds since 1970. */
    long deadlineMillis();
}
