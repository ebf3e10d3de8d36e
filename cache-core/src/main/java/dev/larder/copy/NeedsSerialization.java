package dev.larder.copy;

/**
 * Thrown when a part of a value can only be copied by serialisation. Then all of it is, from its root: objects that
 * occur twice would fall apart if each part went through a stream of its own, and one stream is cheaper than many.
 */
final class NeedsSerialization extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Creates the signal, which is no error and hence has no stack trace. */
    NeedsSerialization() {
        super(null, null, false, false);
    }
}
