package dev.larder.codec;

/** Why bytes in a store are not a value of the cache that reads them. Each is a miss, counted under this name. */
public enum UnreadableReason {
    /** Not written by Larder at all, or too short to tell. */
    FOREIGN,
    /** Written by a version of Larder that knows more than this one. */
    NEWER,
    /** Changed or cut since they were written, or written for another key. */
    DAMAGED,
    /** Written by another codec. */
    OTHER_CODEC,
    /** Written for another type of value. */
    OTHER_TYPE,
    /** Larger, deeper or more expanding than the limits allow. */
    TOO_LARGE,
    /** Not encrypted, though the cache is. */
    NOT_ENCRYPTED,
    /** Encrypted with a key that this cache does not have. */
    KEY_MISSING,
    /** Encrypted, but not by us, not for this key and cache, or changed since. */
    NOT_AUTHENTIC,
    /** Whole and ours, but the codec cannot make a value of it: most often the class has changed. */
    UNDECODABLE
}
