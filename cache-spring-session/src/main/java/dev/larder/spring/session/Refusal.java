package dev.larder.spring.session;

import dev.larder.patterns.session.TooManySessionsException;
import org.springframework.security.web.authentication.session.SessionAuthenticationException;
import org.springframework.util.ClassUtils;

/** How it is told that a user has too many sessions: if Spring Security is there, as its own control of concurrent sessions does, so that a login fails as any other. */
final class Refusal {

    /** Too many requests, as the filter for servlets answers. */
    static final int STATUS = 429;

    private static final boolean WITH_SECURITY = ClassUtils.isPresent(
            "org.springframework.security.web.authentication.session.SessionAuthenticationException",
            Refusal.class.getClassLoader());

    private Refusal() {}

    static RuntimeException of(TooManySessionsException refusal) {
        return WITH_SECURITY ? OfSecurity.create() : refusal;
    }

    /** Returns whether this is a refusal, or what a framework has wrapped around one. */
    static boolean isIn(Exception failure) {
        Throwable root = ClientSessionFilter.rootOf(failure);
        return root instanceof TooManySessionsException || (WITH_SECURITY && OfSecurity.isOne(root));
    }

    /** Loaded only if Spring Security is there. */
    private static final class OfSecurity {

        /** Users are shown this, and it is kept in the session, where there is no place for a cause that is not Spring's. */
        private static final String MESSAGE = "Maximum sessions for this user exceeded";

        static RuntimeException create() {
            return new SessionAuthenticationException(MESSAGE);
        }

        static boolean isOne(Throwable failure) {
            return failure instanceof SessionAuthenticationException && MESSAGE.equals(failure.getMessage());
        }
    }
}
