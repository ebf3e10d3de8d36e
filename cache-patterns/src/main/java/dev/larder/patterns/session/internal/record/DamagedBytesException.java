package dev.larder.patterns.session.internal.record;

/** Says that bytes are not what they should be. Its message holds nothing of them. */
public final class DamagedBytesException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Creates one. */
    public DamagedBytesException(String what) {
        super(what);
    }
}
