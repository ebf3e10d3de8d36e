package dev.larder.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AirportCsvTest {

    private static final String HEADER = "id,name,city,country,iata,icao,latitude,longitude,altitude_ft,tz\n";

    @Test
    void allAirportsOfTheFileAreRead() {
        Map<String, Airport> airports =
                AirportCsv.readResource().stream().collect(Collectors.toMap(Airport::icao, Function.identity()));

        assertThat(airports).hasSize(7_184);
        assertThat(airports.get("AYGA"))
                .isEqualTo(new Airport(
                        "AYGA",
                        "GKA",
                        "Goroka Airport",
                        "Goroka",
                        "Papua New Guinea",
                        -6.08169,
                        145.392,
                        5_282,
                        "Pacific/Port_Moresby",
                        0));
        assertThat(airports.get("ENEV").name()).isEqualTo("Harstad/Narvik Airport, Evenes");
        assertThat(airports.get("EDBM").name()).isEqualTo("Magdeburg \"City\" Airport");
        assertThat(airports.get("LFLX").name()).isEqualTo("Châteauroux-Déols \"Marcel Dassault\" Airport");
    }

    @Test
    void emptyFieldMeansUnknown() throws Exception {
        String line = "1,Somewhere,,Nowhere,,XXXX,1.5,-2,-7,\n";

        assertThat(AirportCsv.read(new StringReader(HEADER + line)))
                .containsExactly(new Airport("XXXX", null, "Somewhere", null, "Nowhere", 1.5, -2, -7, null, 0));
    }

    @Test
    void otherColumnsAreRefused() {
        assertThatThrownBy(() -> AirportCsv.read(new StringReader("icao,name\nXXXX,Somewhere\n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("columns");
    }

    @Test
    void lineWithTooFewFieldsIsRefused() {
        assertThatThrownBy(() -> AirportCsv.read(new StringReader(HEADER + "1,Somewhere\n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10 fields: 2");
    }
}
