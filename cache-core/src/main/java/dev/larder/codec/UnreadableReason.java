package dev.larder.codec;

/** Why bytes in a store are not a value of the cache that reads them. Each is a miss, counted under this name. */
public enum UnreadableReason {
    /** Not written by Larder at all, or too short to tell. */
    FOREIGN("see who else writes there, and give each application a prefix or a namespace of its own"),
    /** Written by a version of Larder that knows more than this one. */
    NEWER("update this application: until then old and new ones replace each other's values"),
    /** Changed or cut since they were written, or written for another key. */
    DAMAGED("see what between here and the store changes bytes, or copies and renames keys"),
    /** Written by another codec. */
    OTHER_CODEC("set the same codec in all applications that share the cache"),
    /** Written for another type of value. */
    OTHER_TYPE(
            "declare the same type of values in all applications that share the cache, or give their caches other names"),
    /** Larger, deeper or more expanding than the limits allow. */
    TOO_LARGE("raise the limits of the codecs, if such values are meant to be there"),
    /** Not encrypted, though the cache is. */
    NOT_ENCRYPTED("see who writes without encryption, unless it has just been switched on"),
    /** Encrypted with a key that this cache does not have. */
    KEY_MISSING("add the key that it was encrypted with, unless that was given up"),
    /** Encrypted, but not by us, not for this key and cache, or changed since. */
    NOT_AUTHENTIC("see who can write to the store: somebody changed, moved or forged it"),
    /** Whole and ours, but the codec cannot make a value of it: most often the class has changed. */
    UNDECODABLE("nothing, if another release of the class of values is or was in use; else see whether its constructor"
            + " refuses what it had accepted");

    private final String advice;

    UnreadableReason(String advice) {
        this.advice = advice;
    }

    /** Returns what can be done about it, for whoever runs the application. */
    public String advice() {
        return advice;
    }
}
