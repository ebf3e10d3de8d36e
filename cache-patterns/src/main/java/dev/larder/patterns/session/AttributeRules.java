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

    byte[] encode(String name, Object value) {
        byte[] bytes;
        try {
            bytes = codec.encode(name, value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("attribute \"" + name + "\": " + e.getMessage(), e);
        }
        if (bytes.length > maxBytes) {
            throw SessionTooLargeException.ofAttribute(name, bytes.length, maxBytes);
        }
        return bytes;
    }
}
