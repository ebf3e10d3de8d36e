package dev.larder.examples;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/** Fetches airports that the cache lacks from their table: one, or many with one query. */
final class AirportLoader implements CacheLoader<String, Airport> {

    private final AirportTable table;

    AirportLoader(AirportTable table) {
        this.table = table;
    }

    /** Returns null for an airport that does not exist; the cache then has no entry either. */
    @Override
    public @Nullable Airport load(String icao) {
        try {
            return table.find(icao);
        } catch (SQLException e) {
            throw new CacheLoaderException("airport " + icao + " could not be read", e);
        }
    }

    @Override
    public Map<String, Airport> loadAll(Iterable<? extends String> icaos) {
        List<String> asked = new ArrayList<>();
        icaos.forEach(asked::add);
        try {
            return table.findAll(asked);
        } catch (SQLException e) {
            throw new CacheLoaderException(asked.size() + " airports could not be read", e);
        }
    }
}
