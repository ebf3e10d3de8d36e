package dev.larder.jcache.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.store.ByteSize;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How single values are read. What is refused is in {@link WrongConfigurationTest}. */
class ValuesTest {

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "30s, PT30S",
        "10m, PT10M",
        "1h30m, PT1H30M",
        "7d, PT168H",
        "1d2h3m4s5ms, PT26H3M4.005S",
        "PT10M, PT10M",
        "P1DT1H, PT25H",
        "0s, PT0S"
    })
    void durations(String text, Duration duration) {
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource({
        "0B, 0, 0B",
        "100B, 100, 100B",
        "64KiB, 65536, 64KiB",
        "64MiB, 67108864, 64MiB",
        "1024MiB, 1073741824, 1GiB",
        "2GiB, 2147483648, 2GiB",
        "1kB, 1000, 1000B",
        "5MB, 5000000, 5000000B",
        "3GB, 3000000000, 3000000000B",
        "10_000B, 10000, 10000B"
    })
    void sizes(String text, long bytes, String shown) {
        assertThat(ByteSize.parse(text)).isEqualTo(new ByteSize(bytes)).hasToString(shown);
    }

    @ParameterizedTest
    @CsvSource({"64", "MiB", "-1MiB", "64 MiB", "64mib", "1.5MiB", "64K", "''"})
    void noSizes(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "a, a, true",
        "a, ab, false",
        "a*, abc, true",
        "*c, abc, true",
        "a*c, abc, true",
        "a*c, ac, true",
        "a*c, abcd, false",
        "*, anything, true",
        "a.c, abc, false",
        "a?c, abc, false"
    })
    void patterns(String pattern, String name, boolean matches) {
        assertThat(new NamePattern(pattern).matches(name)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "statistic, statistics",
        "STATISTICS, statistics",
        "store_by_reference, storeByReference",
        "stroe, store",
        "size, maximumSize",
        "ttl, ",
        "x, "
    })
    void nearestNames(String written, String meant) {
        assertThat(Nearest.find(written, List.of("maximumSize", "statistics", "store", "storeByReference")))
                .isEqualTo(meant);
    }

    @Test
    void recordOfAStoreIsBound() {
        DrawerStoreProvider.Settings settings = bind("""
                {
                  "path": "/attic", "timeout": "1h30m", "buffer": "64MiB", "items": "10_000", "locked": "true", "share": 0.5,
                  "effort": "much", "access": { "user": "app", "password": "hush", "attempts": 3 },
                  "labels": ["old", "${sys:label:-odd}"], "shelves": { "top": 1, "bottom": 2 }
                }
                """);

        assertThat(settings)
                .isEqualTo(new DrawerStoreProvider.Settings(
                        URI.create("/attic"),
                        Duration.ofMinutes(90),
                        new ByteSize(64 << 20),
                        10_000L,
                        true,
                        0.5,
                        DrawerStoreProvider.Effort.MUCH,
                        new DrawerStoreProvider.Access("app", "hush", 3),
                        null,
                        List.of("old", "odd"),
                        Map.of("top", 1, "bottom", 2)));
    }

    @Test
    void whatIsLeftOutGetsTheRecordsDefault() {
        assertThat(bind("{ \"path\": \"/attic\" }").timeout()).isEqualTo(Duration.ofSeconds(1));
    }

    private static DrawerStoreProvider.Settings bind(String json) {
        return RecordBinder.bind(Tokens.read("test", json), DrawerStoreProvider.Settings.class);
    }
}
