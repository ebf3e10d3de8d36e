package dev.larder.redis.auth;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What was logged while something ran, at every level. */
public final class CapturedLog extends Handler {

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    private CapturedLog() {}

    /** Runs an action and returns what the logger of a class was given meanwhile. */
    public static List<LogRecord> of(Class<?> source, Runnable action) {
        return of(source.getName(), action);
    }

    /**
     * Runs an action and returns what a logger, and those below it, were given meanwhile.
     *
     * @param logger its name; empty for all
     */
    public static List<LogRecord> of(String logger, Runnable action) {
        CapturedLog log = new CapturedLog();
        Logger source = Logger.getLogger(logger);
        Level before = source.getLevel();
        boolean passedOn = source.getUseParentHandlers();
        source.setLevel(Level.ALL);
        source.setUseParentHandlers(false);
        source.addHandler(log);
        try {
            action.run();
        } finally {
            source.removeHandler(log);
            source.setUseParentHandlers(passedOn);
            source.setLevel(before);
        }
        return log.records;
    }

    @Override
    public void publish(LogRecord entry) {
        records.add(entry);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
