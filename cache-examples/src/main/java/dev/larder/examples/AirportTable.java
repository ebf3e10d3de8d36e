package dev.larder.examples;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The airports in an embedded H2 database in memory, with their ICAO codes as primary key. It counts the queries it gets.
 * Safe for use by many threads, which share a few connections.
 *
 * <p>The connections keep their prepared statements: to get one from H2's own pool and to prepare the statement for each
 * look-up would make the database look three times slower than it is.
 */
final class AirportTable implements AutoCloseable {

    private static final int CONNECTIONS = 8;

    private static final String CREATE = """
            CREATE TABLE airport (
                icao VARCHAR(4) PRIMARY KEY,
                iata VARCHAR(3),
                name VARCHAR(100) NOT NULL,
                city VARCHAR(100),
                country VARCHAR(100) NOT NULL,
                latitude DOUBLE PRECISION NOT NULL,
                longitude DOUBLE PRECISION NOT NULL,
                altitude_ft INTEGER NOT NULL,
                time_zone VARCHAR(50),
                version BIGINT NOT NULL)
            """;

    private final Connection keepsDatabase;

    /** As many permits as there are idle connections, so that who has one finds the other. */
    private final Semaphore permits = new Semaphore(CONNECTIONS);

    private final ConcurrentLinkedDeque<AirportConnection> idle = new ConcurrentLinkedDeque<>();
    private final LongAdder queries = new LongAdder();

    /** Creates an empty table in a database of its own. */
    AirportTable() throws SQLException {
        String url = "jdbc:h2:mem:" + UUID.randomUUID();
        keepsDatabase = DriverManager.getConnection(url);
        try (Statement statement = keepsDatabase.createStatement()) {
            statement.execute(CREATE);
        }
        for (int i = 0; i < CONNECTIONS; i++) {
            idle.add(new AirportConnection(DriverManager.getConnection(url)));
        }
    }

    /** Returns an airport by its ICAO code, or null if there is none. */
    @Nullable
    Airport find(String icao) throws SQLException {
        queries.increment();
        AirportConnection connection = take();
        try {
            return connection.find(icao);
        } finally {
            giveBack(connection);
        }
    }

    /** Returns those airports that there are, by their ICAO codes, with one query. */
    Map<String, Airport> findAll(Collection<String> icaos) throws SQLException {
        queries.increment();
        AirportConnection connection = take();
        try {
            return connection.findAll(icaos);
        } finally {
            giveBack(connection);
        }
    }

    /** Inserts an airport, or replaces the one with its ICAO code. */
    void save(Airport airport) throws SQLException {
        AirportConnection connection = take();
        try {
            connection.save(airport);
        } finally {
            giveBack(connection);
        }
    }

    /** Inserts or replaces airports in one transaction: all of them, or none if it fails. */
    void saveAll(Collection<Airport> airports) throws SQLException {
        AirportConnection connection = take();
        try {
            connection.saveAll(airports);
        } finally {
            giveBack(connection);
        }
    }

    /** Deletes airports, those of them that there are, in one transaction. */
    void deleteAll(Collection<String> icaos) throws SQLException {
        AirportConnection connection = take();
        try {
            connection.deleteAll(icaos);
        } finally {
            giveBack(connection);
        }
    }

    /** Returns how many queries there have been; inserts, updates and deletes are none. */
    long queries() {
        return queries.sum();
    }

    private AirportConnection take() throws SQLException {
        try {
            permits.acquire();
            return idle.pop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while waiting for a connection", e);
        }
    }

    private void giveBack(AirportConnection connection) {
        idle.push(connection);
        permits.release();
    }

    /** Throws the database away; nobody may be using it. */
    @Override
    public void close() throws SQLException {
        for (AirportConnection connection : idle) {
            connection.close();
        }
        keepsDatabase.close();
    }
}
