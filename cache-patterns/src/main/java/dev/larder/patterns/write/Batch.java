package dev.larder.patterns.write;

import dev.larder.patterns.internal.jdbc.QueryTimeout;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * Runs one statement for many rows in a transaction of its own.
 *
 * <p>It is a transaction also for a single row: the reply to the statement comes before the commit is sent. So a
 * connection that is lost leaves nothing behind that could be applied later, after newer values, except a commit that is under way; and
 * that one holds locks of its rows, for which whoever writes them again has to wait.
 *
 * @param sql the statement
 * @param timeoutSeconds how long it may take, or 0 for ever
 * @param <T> what a row is made of
 */
record Batch<T>(DataSource dataSource, String sql, Binding<T> binding, int timeoutSeconds) {

    private static final System.Logger LOGGER = System.getLogger(Batch.class.getName());

    /** Sets the parameters of a row. */
    @FunctionalInterface
    interface Binding<T> {

        void bind(PreparedStatement statement, T row) throws SQLException;
    }

    static <T> Batch<T> of(DataSource dataSource, String sql, Binding<T> binding) {
        return new Batch<>(
                Objects.requireNonNull(dataSource, "dataSource"),
                Objects.requireNonNull(sql, "sql"),
                binding,
                QueryTimeout.NONE);
    }

    Batch<T> withBinding(Binding<T> newBinding) {
        return new Batch<>(dataSource, sql, newBinding, timeoutSeconds);
    }

    Batch<T> withTimeout(int newTimeoutSeconds) {
        return new Batch<>(dataSource, sql, binding, newTimeoutSeconds);
    }

    /**
     * Runs it.
     *
     * @throws LostCommitException if the commit was sent and nobody knows what came of it
     * @throws SQLException if nothing was changed
     */
    void run(List<T> rows) throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                execute(connection, rows);
                commit(connection);
            } catch (SQLException | RuntimeException | Error e) {
                quietly(() -> undo(connection, autoCommit));
                throw e;
            }
            quietly(() -> connection.setAutoCommit(autoCommit));
        } finally {
            quietly(connection::close);
        }
    }

    private void execute(Connection connection, List<T> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(timeoutSeconds);
            for (T row : rows) {
                binding.bind(statement, row);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw RolledBack.isProvenBy(e) ? e : new LostCommitException(e);
        } catch (RuntimeException e) {
            throw new LostCommitException(e);
        }
    }

    /** Switching auto-commit on would commit what could not be rolled back, so that comes second. */
    private static void undo(Connection connection, boolean autoCommit) throws SQLException {
        connection.rollback();
        connection.setAutoCommit(autoCommit);
    }

    /** Leaves a connection for others. */
    @FunctionalInterface
    private interface Parting {

        void run() throws SQLException;
    }

    /** What goes wrong at parting changes nothing: by then the rows have been written, or have not. */
    private static void quietly(Parting parting) {
        try {
            parting.run();
        } catch (SQLException | RuntimeException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "a connection could not be left as it was found", e);
        }
    }
}
