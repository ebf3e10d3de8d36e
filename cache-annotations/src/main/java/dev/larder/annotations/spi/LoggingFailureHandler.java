package dev.larder.annotations.spi;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicLong;

/** Logs failures, the fewer the more there are. */
final class LoggingFailureHandler implements FailureHandler {

    private static final Logger LOGGER = System.getLogger(FailureHandler.class.getName());

    private final AtomicLong failures = new AtomicLong();

    @Override
    public void failed(String cache, String operation, RuntimeException failure) {
        if (isMistake(failure)) {
            throw failure;
        }
        long number = failures.incrementAndGet();
        Level level = Long.bitCount(number) == 1 ? Level.WARNING : Level.DEBUG;
        LOGGER.log(
                level,
                () -> "cache \"" + cache + "\" failed in " + operation + " and is done without (failure " + number
                        + ")",
                failure);
    }

    private static boolean isMistake(RuntimeException failure) {
        return failure instanceof ClassCastException
                || failure instanceof IllegalArgumentException
                || failure instanceof NullPointerException
                || failure instanceof UnsupportedOperationException;
    }
}
