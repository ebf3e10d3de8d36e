package dev.larder.examples;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection to the table of airports, with its statements prepared once. For one thread at a time. */
final class AirportConnection implements AutoCloseable {

    private static final String COLUMNS =
            "icao, iata, name, city, country, latitude, longitude, altitude_ft, time_zone, version";

    private final Connection connection;
    private final PreparedStatement find;
    private final PreparedStatement findAll;
    private final PreparedStatement save;
    private final PreparedStatement deleteAll;

    /** Prepares the statements for a connection, which it closes when it is closed itself. */
    AirportConnection(Connection connection) throws SQLException {
        this.connection = connection;
        find = connection.prepareStatement("SELECT " + COLUMNS + " FROM airport WHERE icao = ?");
        findAll = connection.prepareStatement("SELECT " + COLUMNS + " FROM airport WHERE icao = ANY(?)");
        save = connection.prepareStatement(
                "MERGE INTO airport (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        deleteAll = connection.prepareStatement("DELETE FROM airport WHERE icao = ANY(?)");
    }

    @Nullable
    Airport find(String icao) throws SQLException {
        find.setString(1, icao);
        try (ResultSet row = find.executeQuery()) {
            return row.next() ? airport(row) : null;
        }
    }

    Map<String, Airport> findAll(Collection<String> icaos) throws SQLException {
        findAll.setArray(1, connection.createArrayOf("VARCHAR", icaos.toArray()));
        try (ResultSet row = findAll.executeQuery()) {
            Map<String, Airport> found = new HashMap<>();
            while (row.next()) {
                Airport airport = airport(row);
                found.put(airport.icao(), airport);
            }
            return found;
        }
    }

    void save(Airport airport) throws SQLException {
        bind(airport);
        save.executeUpdate();
    }

    /** Saves all in one transaction. */
    void saveAll(Collection<Airport> airports) throws SQLException {
        connection.setAutoCommit(false);
        try {
            for (Airport airport : airports) {
                bind(airport);
                save.addBatch();
            }
            save.executeBatch();
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            save.clearBatch();
            connection.setAutoCommit(true);
        }
    }

    void deleteAll(Collection<String> icaos) throws SQLException {
        deleteAll.setArray(1, connection.createArrayOf("VARCHAR", icaos.toArray()));
        deleteAll.executeUpdate();
    }

    private void bind(Airport airport) throws SQLException {
        save.setString(1, airport.icao());
        save.setString(2, airport.iata());
        save.setString(3, airport.name());
        save.setString(4, airport.city());
        save.setString(5, airport.country());
        save.setDouble(6, airport.latitude());
        save.setDouble(7, airport.longitude());
        save.setInt(8, airport.altitudeFeet());
        save.setString(9, airport.timeZone());
        save.setLong(10, airport.version());
    }

    private static Airport airport(ResultSet row) throws SQLException {
        return new Airport(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getDouble(6),
                row.getDouble(7),
                row.getInt(8),
                row.getString(9),
                row.getLong(10));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
