package dev.larder.redis.internal.store;

import dev.larder.store.TagVersions;
import dev.larder.store.Tags;
import java.nio.ByteBuffer;

/** What the JVM made of an entry that a script showed it, as the script wants to be told when it is run again. */
enum Verdict {
    /** It is out of date by its tags, or cannot be read: it counts as absent. */
    DEAD('D'),
    /** It is up to date by its tags. */
    UP_TO_DATE('U'),
    /** Its value is not the expected one. */
    ANOTHER_VALUE('M');

    static final byte[] NONE = new byte[0];

    private final byte letter;

    Verdict(char letter) {
        this.letter = (byte) letter;
    }

    /** Returns the argument that says so of the entry with that version. */
    byte[] of(byte[] version) {
        return ByteBuffer.allocate(1 + version.length).put(letter).put(version).array();
    }

    static Verdict ofTags(Tags tags, TagVersions versions) {
        return versions.isUpToDate(tags.names(), tags.asOf()) ? UP_TO_DATE : DEAD;
    }
}
