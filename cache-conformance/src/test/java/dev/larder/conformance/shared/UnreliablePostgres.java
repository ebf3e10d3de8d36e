package dev.larder.conformance.shared;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL with a table {@code item (id, value)} that refuses one row in 50 at once and another at the commit. Its connections lose one commit in 25: half of these before the server hears of it, half after it
 * has been made.
 */
final class UnreliablePostgres implements AutoCloseable {

    private static final String[] SCHEMA = {
        "create table item (id int primary key, value int)",
        """
        create function refuse() returns trigger as $$
        begin
          if random() < 0.02 then
            raise exception 'injected';
          end if;
          return coalesce(new, old);
        end $$ language plpgsql
        """,
        "create trigger refuse_now before insert or update or delete on item for each row execute function refuse()",
        """
        create constraint trigger refuse_at_commit after insert or update or delete on item
        deferrable initially deferred for each row execute function refuse()
        """
    };

    private final EmbeddedPostgres server;
    private final DataSource reliable;
    private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();
    private final Random random = new Random();
    private final AtomicInteger lostCommits = new AtomicInteger();
    private final AtomicInteger lostReplies = new AtomicInteger();

    UnreliablePostgres() throws IOException, SQLException {
        server = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(new File("target/postgres").getAbsoluteFile())
                .setServerConfig("fsync", "off")
                .setPGStartupWait(Duration.ofMinutes(2))
                .start();
        reliable = server.getPostgresDatabase();
        execute(SCHEMA);
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = reliable.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Empties the table, which nobody refuses. */
    void clear() throws SQLException {
        execute("truncate item");
    }

    /** Returns how many commits did not reach the server. */
    int lostCommits() {
        return lostCommits.get();
    }

    /** Returns how many commits were made, whose reply did not reach the client. */
    int lostReplies() {
        return lostReplies.get();
    }

    /** Returns connections that lose commits, and are kept for the next one who wants one. */
    DataSource dataSource() {
        PGSimpleDataSource victims = new PGSimpleDataSource();
        victims.setURL(server.getJdbcUrl("postgres", "postgres") + "&ApplicationName=victim");
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    Connection pooled = idle.poll();
                    return unreliable(pooled == null ? victims.getConnection() : pooled);
                });
    }

    private Object unreliable(Connection connection) {
        return Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        giveBack(connection);
                        return null;
                    }
                    if (method.getName().equals("commit") && random.nextInt(25) == 0) {
                        throw lose(connection);
                    }
                    return pass(connection, method, arguments);
                });
    }

    private void giveBack(Connection connection) throws SQLException {
        if (connection.isClosed() || !connection.getAutoCommit()) {
            connection.close();
        } else {
            idle.add(connection);
        }
    }

    private SQLException lose(Connection connection) throws SQLException {
        boolean isMade = random.nextBoolean();
        if (isMade) {
            connection.commit();
        }
        (isMade ? lostReplies : lostCommits).incrementAndGet();
        connection.close();
        return new SQLException("lost on purpose", "08006");
    }

    private static @Nullable Object pass(Connection connection, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Kills a connection every 30 ms until the thread is interrupted, and returns how many there were. */
    int killConnections() throws SQLException {
        int kills = 0;
        try (Connection connection = reliable.getConnection();
                Statement statement = connection.createStatement()) {
            while (!Thread.currentThread().isInterrupted()) {
                try (ResultSet result = statement.executeQuery("select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where application_name = 'victim' order by random() limit 1")) {
                    kills += result.next() ? 1 : 0;
                }
                TimeUnit.MILLISECONDS.sleep(30);
            }
        } catch (InterruptedException e) {
            // enough
        }
        return kills;
    }

    /** Returns the rows of the table, when no connection is left that might still change them. */
    Map<Integer, Integer> rows() throws SQLException, InterruptedException {
        for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
            connection.close();
        }
        Map<Integer, Integer> rows = new TreeMap<>();
        try (Connection connection = reliable.getConnection();
                Statement statement = connection.createStatement()) {
            while (count(statement, "select count(*) from pg_stat_activity where application_name = 'victim'") > 0) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            try (ResultSet result = statement.executeQuery("select id, value from item")) {
                while (result.next()) {
                    rows.put(result.getInt(1), result.getInt(2));
                }
            }
        }
        return rows;
    }

    private static int count(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getInt(1);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
