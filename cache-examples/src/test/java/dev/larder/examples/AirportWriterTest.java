package dev.larder.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.cache.Cache;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The writer alone: what it leaves in the collections it is given. */
class AirportWriterTest {

    private AirportTable table;
    private AirportWriter writer;

    @BeforeEach
    void open() throws SQLException {
        table = new AirportTable();
        writer = new AirportWriter(table);
    }

    @AfterEach
    void close() throws SQLException {
        table.close();
    }

    @Test
    void writeAllTakesOutWhatItWrote() throws SQLException {
        List<Airport> airports = TestAirports.many(250);
        Collection<Cache.Entry<? extends String, ? extends Airport>> entries = entries(airports);

        writer.writeAll(entries);

        assertThat(entries).isEmpty();
        assertThat(table.findAll(codes(airports))).hasSize(250);
    }

    @Test
    void writeAllThatFailsLeavesWhatItDidNotWrite() throws SQLException {
        List<Airport> airports = new ArrayList<>(TestAirports.many(250));
        airports.set(170, TestAirports.named("A170", "too long ".repeat(100)));
        Collection<Cache.Entry<? extends String, ? extends Airport>> entries = entries(airports);

        assertThatThrownBy(() -> writer.writeAll(entries))
                .isInstanceOf(CacheWriterException.class)
                .hasMessageContaining("150 airports");

        assertThat(entries).isEqualTo(entries(airports.subList(100, 250)));
        assertThat(table.findAll(codes(airports)).keySet())
                .as("the batch that failed was rolled back")
                .containsExactlyInAnyOrderElementsOf(codes(airports.subList(0, 100)));
    }

    @Test
    void tableWorksOnAfterABatchThatFailed() throws SQLException {
        List<Airport> refused = List.of(TestAirports.named("A000", "too long ".repeat(100)));
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> writer.writeAll(entries(refused))).isInstanceOf(CacheWriterException.class);
        }

        writer.writeAll(entries(TestAirports.many(1)));

        assertThat(table.find("A000")).isEqualTo(TestAirports.many(1).get(0));
    }

    @Test
    void deleteAllTakesOutWhatItDeleted() throws SQLException {
        List<Airport> airports = TestAirports.many(250);
        table.saveAll(airports);
        Collection<Object> codes = new ArrayList<>(codes(airports));

        writer.deleteAll(codes);

        assertThat(codes).isEmpty();
        assertThat(table.findAll(codes(airports))).isEmpty();
    }

    @Test
    void deleteOfAnAirportThatIsNotThereDoesNothing() throws SQLException {
        writer.delete("NONE");

        assertThat(table.find("NONE")).isNull();
    }

    private static List<String> codes(List<Airport> airports) {
        return airports.stream().map(Airport::icao).toList();
    }

    private static Collection<Cache.Entry<? extends String, ? extends Airport>> entries(List<Airport> airports) {
        Collection<Cache.Entry<? extends String, ? extends Airport>> entries = new ArrayList<>();
        airports.forEach(airport -> entries.add(new ToWrite(airport.icao(), airport)));
        return entries;
    }

    private record ToWrite(String key, Airport value) implements Cache.Entry<String, Airport> {

        @Override
        public String getKey() {
            return key;
        }

        @Override
        public Airport getValue() {
            return value;
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            return type.cast(this);
        }
    }
}
