package dev.larder.patterns.session;

/**
 * What holds for the attributes of all sessions of a store.
 *
 * @param codec how they become bytes
 * @param maxBytes how large each may be
 * @param comparing whether what others changed meanwhile must not be written over
 * @param detectingInPlace whether what was read is looked at again for changes within
 */
record AttributeRules(AttributeCodec codec, int maxBytes, boolean comparing, boolean detectingInPlace) {

    /** Returns an attribute as it is stored. */
    byte[] encode(String name, Object value) {
        byte[] bytes = written(name, value);
        if (bytes.length > maxBytes) {
            throw SessionTooLargeException.ofAttribute(name, bytes.length, maxBytes);
        }
        return bytes;
    }

    /** Returns an attribute as the codec writes it, however large. */
    byte[] written(String name, Object value) {
        try {
            return codec.encode(name, value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("attribute \"" + name + "\": " + e.getMessage(), e);
        }
    }
}
