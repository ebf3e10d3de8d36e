package dev.larder.patterns.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class TableTest {

    private final Table airports = Table.named("airport").key("icao").columns("name", "city");
    private final Table seats = Table.named("seat").key("flight", "number").columns("passenger");
    private final Table words = Table.named("word").key("text");

    @Test
    void selectAsksForKeys() {
        assertThat(airports.select()).isEqualTo("select icao, name, city from airport where icao in (:keys)");
        assertThat(seats.select())
                .isEqualTo("select flight, number, passenger from seat where (flight, number) in (:keys)");
    }

    @Test
    void deleteNamesTheKey() {
        assertThat(airports.delete()).isEqualTo("delete from airport where icao = ?");
        assertThat(seats.delete()).isEqualTo("delete from seat where flight = ? and number = ?");
    }

    @Test
    void upsertOfPostgresql() {
        assertThat(airports.upsert(Dialect.POSTGRESQL))
                .isEqualTo("insert into airport (icao, name, city) values (?, ?, ?)"
                        + " on conflict (icao) do update set name = excluded.name, city = excluded.city");
        assertThat(words.upsert(Dialect.POSTGRESQL))
                .isEqualTo("insert into word (text) values (?) on conflict (text) do nothing");
    }

    @Test
    void upsertOfH2() {
        assertThat(seats.upsert(Dialect.H2))
                .isEqualTo("merge into seat (flight, number, passenger) key (flight, number) values (?, ?, ?)");
    }

    @Test
    void upsertOfMysql() {
        assertThat(airports.upsert(Dialect.MYSQL))
                .isEqualTo("insert into airport (icao, name, city) values (?, ?, ?)"
                        + " on duplicate key update name = values(name), city = values(city)");
        assertThat(words.upsert(Dialect.MYSQL))
                .isEqualTo("insert into word (text) values (?) on duplicate key update text = text");
    }

    @Test
    void tableNeedsAKey() {
        Table keyless = Table.named("log").columns("line");

        assertThatIllegalStateException().isThrownBy(keyless::select).withMessageContaining("log has no key");
        assertThatIllegalStateException().isThrownBy(keyless::delete);
        assertThatIllegalStateException().isThrownBy(() -> keyless.upsert(Dialect.H2));
        assertThatIllegalArgumentException().isThrownBy(keyless::key);
    }
}
