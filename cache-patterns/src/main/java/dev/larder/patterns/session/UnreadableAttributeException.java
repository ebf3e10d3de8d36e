package dev.larder.patterns.session;

/** The bytes of an attribute cannot be read: they are of a class that is not allowed or has changed, of another codec, or damaged. */
public class UnreadableAttributeException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Creates one.
     *
     * @param reason what is wrong, without any of the bytes
     */
    public UnreadableAttributeException(String reason) {
        super(reason);
    }

    /** Creates one with a cause, which is logged nowhere, as it may show a value. */
    public UnreadableAttributeException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
