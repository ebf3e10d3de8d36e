package dev.larder.patterns.session;

import org.jspecify.annotations.Nullable;

/** The cache that keeps the sessions failed. Whether what was asked for was done is not known. */
public class SessionStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates one. */
    public SessionStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
