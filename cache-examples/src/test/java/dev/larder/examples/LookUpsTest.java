package dev.larder.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LookUpsTest {

    private final List<Airport> airports = TestAirports.many(50);
    private final Map<String, Airport> byCode =
            airports.stream().collect(Collectors.toMap(Airport::icao, Function.identity()));

    @Test
    void sameSeedAsksForTheSame() throws Exception {
        assertThat(asked(7)).hasSize(1_000).isEqualTo(asked(7)).isNotEqualTo(asked(8));
    }

    private List<String> asked(long seed) throws Exception {
        List<String> asked = new ArrayList<>();
        new LookUps(airports, 1_000, 1, seed).time(code -> {
            asked.add(code);
            return byCode.get(code);
        });
        return asked;
    }

    @Test
    void threadsShareTheLookUps() throws Exception {
        Timing timing = new LookUps(airports, 1_001, 3, 7).time(byCode::get);

        assertThat(timing.lookUps()).isEqualTo(1_001);
    }

    @Test
    void wrongAnswerIsAnError() {
        LookUps lookUps = new LookUps(airports, 1_000, 2, 7);

        assertThatThrownBy(() -> lookUps.time(code -> airports.get(0)))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("asked for airport");
    }

    @Test
    void percentilesAreOverAllThreads() {
        long[] oneToFifty = new long[50];
        long[] fiftyOneToHundred = new long[50];
        for (int i = 0; i < 50; i++) {
            oneToFifty[i] = 50L - i;
            fiftyOneToHundred[i] = 51L + i;
        }

        Timing timing = Timing.of(2_000_000_000L, List.of(fiftyOneToHundred, oneToFifty));

        assertThat(timing.p50Nanos()).isEqualTo(50);
        assertThat(timing.p99Nanos()).isEqualTo(99);
        assertThat(timing.perSecond()).isEqualTo(50.0);
    }
}
