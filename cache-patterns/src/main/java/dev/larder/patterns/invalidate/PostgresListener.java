package dev.larder.patterns.invalidate;

import java.io.Closeable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Drops entries from a cache when PostgreSQL tells that their rows were changed, by whatever program; see {@link PostgresTrigger}. Needs {@code org.postgresql:postgresql}, which this module does not
 * bring along.
 *
 * <pre>{@code
 * PostgresListener<String> listener =
 *         PostgresListener.start(dataSource, "airport_changed", columns -> columns.get(0), Invalidator.of(cache));
 * }</pre>
 *
 * <p>Notifications are not kept for who does not listen. So after a lost connection, and at the start, it listens first and then drops everything from the cache: whatever was changed
 * until then has been missed and is dropped, and of whatever is changed from then on it hears. Until it listens again the cache can be old; {@link #isListening} tells. A connection that has died without a word is
 * noticed by the heartbeat. If the cache cannot drop what it should, it is treated as a lost connection too.
 *
 * <p>It has a daemon thread and a connection of its own, for as long as it is open: hand in a source of plain connections rather than a pool.
 *
 * @param <K> the type of key
 */
public final class PostgresListener<K> implements Closeable {

    private static final System.Logger LOGGER = System.getLogger(PostgresListener.class.getName());

    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final int ANSWER_SECONDS = 5;

    /** How long it may take to notice that it was closed. */
    private static final int LOOK_MILLIS = 250;

    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final DataSource dataSource;
    private final String channel;
    private final Notifications<K> notifications;
    private final Invalidator<K> invalidator;
    private final int heartbeatMillis;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicLong connects = new AtomicLong();
    private volatile boolean listening;

    private PostgresListener(
            DataSource dataSource,
            String channel,
            Notifications<K> notifications,
            Invalidator<K> invalidator,
            int heartbeatMillis) {
        this.dataSource = dataSource;
        this.channel = channel;
        this.notifications = notifications;
        this.invalidator = invalidator;
        this.heartbeatMillis = heartbeatMillis;
    }

    /**
     * Starts to listen, in the background, with a heartbeat every ten seconds.
     *
     * @param key makes a key of the text of its columns
     */
    public static <K> PostgresListener<K> start(
            DataSource dataSource,
            String channel,
            Function<List<String>, ? extends K> key,
            Invalidator<K> invalidator) {
        return start(dataSource, channel, key, invalidator, HEARTBEAT);
    }

    /**
     * Starts to listen, in the background.
     *
     * @param key makes a key of the text of its columns
     * @param heartbeat how long to hear nothing before asking whether the connection lives
     */
    public static <K> PostgresListener<K> start(
            DataSource dataSource,
            String channel,
            Function<List<String>, ? extends K> key,
            Invalidator<K> invalidator,
            Duration heartbeat) {
        if (heartbeat.toMillis() < 1) {
            throw new IllegalArgumentException("the heartbeat must be a millisecond at least: " + heartbeat);
        }
        PostgresListener<K> listener = new PostgresListener<>(
                Objects.requireNonNull(dataSource, "dataSource"),
                PostgresTrigger.requireChannel(channel),
                new Notifications<>(Objects.requireNonNull(key, "key")),
                Objects.requireNonNull(invalidator, "invalidator"),
                Math.toIntExact(heartbeat.toMillis()));
        Thread thread = new Thread(listener::run, "listens to " + channel);
        thread.setDaemon(true);
        thread.start();
        return listener;
    }

    /** Whether it hears of changes now, and has dropped what it may have missed before. */
    public boolean isListening() {
        return listening && isOpen();
    }

    /** Returns how often it has begun to listen; once if it never lost its connection. */
    public long connects() {
        return connects.get();
    }

    private void run() {
        long pauseMillis = 0;
        while (!isClosedWithin(pauseMillis)) {
            long before = connects.get();
            try (Connection connection = dataSource.getConnection()) {
                listen(connection);
            } catch (SQLException | RuntimeException e) {
                tellOf(e);
            } finally {
                listening = false;
            }
            boolean wasWell = connects.get() > before;
            pauseMillis =
                    wasWell ? FIRST_PAUSE_MILLIS : Math.min(2 * pauseMillis + FIRST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS);
        }
    }

    private boolean isClosedWithin(long millis) {
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true; // nobody but a stranger interrupts this thread, who wants it to end
        }
    }

    private boolean isOpen() {
        return closed.getCount() > 0;
    }

    private void tellOf(Exception failure) {
        if (isOpen() && (listening || connects.get() == 0)) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "channel " + channel + " is not heard; the cache can be old until it is again",
                    failure);
        }
    }

    private void listen(Connection connection) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen " + channel);
        }
        // in this order: what is changed from here on is heard of
        invalidator.invalidateAll();
        connects.incrementAndGet();
        listening = true;
        LOGGER.log(System.Logger.Level.INFO, "channel " + channel + " is heard; the cache was dropped");
        int silentMillis = 0;
        while (isOpen()) {
            PGNotification[] heard = postgres.getNotifications(Math.min(LOOK_MILLIS, heartbeatMillis));
            boolean silent = heard == null || heard.length == 0;
            silentMillis = silent ? silentMillis + LOOK_MILLIS : 0;
            if (silentMillis >= heartbeatMillis) {
                silentMillis = 0;
                requireLife(connection);
                // what came along with the answer must not wait for the next notification
                heard = postgres.getNotifications();
            }
            if (heard != null && heard.length > 0) {
                notifications.apply(heard, invalidator);
            }
        }
    }

    private static void requireLife(Connection connection) throws SQLException {
        if (!connection.isValid(ANSWER_SECONDS)) {
            throw new SQLException("the connection did not answer");
        }
    }

    /** Stops to listen, in a moment. Entries stay in the cache, and nobody drops them any more. */
    @Override
    public void close() {
        closed.countDown();
    }
}
