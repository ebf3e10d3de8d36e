package dev.larder.redis.auth;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells the log when a provider begins to fail, and when that is over. No secret gets there. */
final class RenewalTrouble {

    private static final System.Logger LOGGER = System.getLogger(RenewingCredentials.class.getName());

    private final String server;
    private final AtomicBoolean failing = new AtomicBoolean();

    RenewalTrouble(String server) {
        this.server = server;
    }

    void note(CredentialsException failure) {
        Level level = failing.compareAndSet(false, true) ? Level.WARNING : Level.DEBUG;
        LOGGER.log(
                level,
                () -> server + ": no new credentials; going on with the last ones and asking again: "
                        + failure.getMessage());
    }

    void end() {
        if (failing.compareAndSet(true, false)) {
            LOGGER.log(Level.INFO, () -> server + ": there are credentials again");
        }
    }

    /**
     * Returns what may be shown of a failure: all of our own; of others, whose message may hold anything, what and where it was.
     */
    static CredentialsException withoutSecrets(Throwable failure) {
        if (failure instanceof CredentialsException own) {
            return own;
        }
        StackTraceElement[] stack = failure.getStackTrace();
        return new CredentialsException("the provider of credentials failed with "
                + failure.getClass().getName() + (stack.length == 0 ? "" : " at " + stack[0])
                + "; its message is left out, as it may hold a secret");
    }
}
