package dev.larder.examples;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;

/**
 * Passes changes of the cache on to the table of airports.
 *
 * <p>Many changes go in batches, each a transaction. JCache wants {@code writeAll} and {@code deleteAll} to take from their
 * collection what they have done: if a batch fails, what is left in the collection is what the database does not have, and
 * the cache will keep to that. So a batch is taken out once it is committed, and not before.
 */
final class AirportWriter implements CacheWriter<String, Airport> {

    /** How many changes go into a transaction. */
    static final int BATCH_SIZE = 100;

    private final AirportTable table;

    AirportWriter(AirportTable table) {
        this.table = table;
    }

    @Override
    public void write(Cache.Entry<? extends String, ? extends Airport> entry) {
        try {
            table.save(entry.getValue());
        } catch (SQLException e) {
            throw new CacheWriterException("airport " + entry.getKey() + " could not be written", e);
        }
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends String, ? extends Airport>> entries) {
        inBatches(entries, "written", batch -> {
            List<Airport> airports =
                    batch.stream().<Airport>map(Cache.Entry::getValue).toList();
            table.saveAll(airports);
        });
    }

    @Override
    public void delete(Object icao) {
        try {
            table.deleteAll(List.of((String) icao));
        } catch (SQLException e) {
            throw new CacheWriterException("airport " + icao + " could not be deleted", e);
        }
    }

    @Override
    public void deleteAll(Collection<?> icaos) {
        inBatches(icaos, "deleted", batch -> {
            List<String> codes = batch.stream().map(String.class::cast).toList();
            table.deleteAll(codes);
        });
    }

    private static <T> void inBatches(Collection<T> left, String participle, Batch<T> work) {
        while (!left.isEmpty()) {
            List<T> batch = left.stream().limit(BATCH_SIZE).toList();
            try {
                work.commit(batch);
            } catch (SQLException e) {
                throw new CacheWriterException(left.size() + " airports could not be " + participle, e);
            }
            left.removeAll(batch);
        }
    }

    /** What is to be done with a batch, all of it or nothing. */
    private interface Batch<T> {
        void commit(List<T> batch) throws SQLException;
    }
}
