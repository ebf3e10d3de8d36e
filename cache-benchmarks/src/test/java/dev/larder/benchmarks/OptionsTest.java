package dev.larder.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.benchmarks.run.Effort;
import dev.larder.benchmarks.run.Row;
import dev.larder.benchmarks.run.Rows;
import dev.larder.benchmarks.subject.Library;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static final Path OUTPUT = Path.of("report");
    private static final List<Row> ALL = Rows.all(List.of());

    @Test
    void withoutOptionsEverythingIsMeasuredFiveTimes() {
        Options options = parse();

        assertThat(options.select(ALL)).isEqualTo(ALL);
        assertThat(options.rounds()).isEqualTo(5);
        assertThat(options.effort()).isEqualTo(Effort.FULL);
        assertThat(options.output()).isEqualTo(OUTPUT);
    }

    @Test
    void quickRunHasFewRowsAndLibraries() {
        Options options = parse("--quick");

        assertThat(options.select(ALL)).hasSizeLessThan(ALL.size() / 2).allMatch(Row::isQuick);
        assertThat(options.select(ALL))
                .flatExtracting(Row::libraries)
                .contains(Library.LARDER, Library.CAFFEINE)
                .doesNotContain(Library.HAZELCAST);
        assertThat(options.rounds()).isEqualTo(3);
        assertThat(options.effort()).isEqualTo(Effort.QUICK);
    }

    @Test
    void rowThatIsNamedIsMeasuredInAQuickRunToo() {
        assertThat(parse("--quick", "--row", "get-touched,put-listener").select(ALL))
                .extracting(Row::id)
                .containsExactly("get-touched", "put-listener");
    }

    @Test
    void rowsAreNamedByTheirBeginningToo() {
        assertThat(parse("--row", "remote-get-1*").select(ALL))
                .extracting(Row::id)
                .containsExactly("remote-get-100", "remote-get-16-threads-100", "remote-get-16-threads-2000");
    }

    @Test
    void baselineIsMeasuredWithTheLibrariesThatAreNamed() {
        assertThat(parse("--row", "get-bounded", "--library", "larder").select(ALL))
                .flatExtracting(Row::libraries)
                .containsExactly(Library.LARDER, Library.CAFFEINE);
    }

    @Test
    void roundsAndOutputAreTaken() {
        Options options = parse("--rounds", "7", "--output", "elsewhere");

        assertThat(options.rounds()).isEqualTo(7);
        assertThat(options.output()).isEqualTo(Path.of("elsewhere"));
    }

    @Test
    void whatRepeatsARowAloneHasAllOptionsButTheRows() {
        assertThat(parse("--row", "get-bounded").withoutRows()).isEmpty();
        assertThat(parse("--quick", "--rounds", "3").withoutRows()).isEqualTo(" --quick");
        assertThat(parse("--library", "larder,map", "--rounds", "7").withoutRows())
                .isEqualTo(" --rounds 7 --library larder,map");
    }

    @Test
    void mistakesAreNamed() {
        assertRefused("unknown option --fast", "--fast");
        assertRefused("no library \"guava\"; there are larder, caffeine", "--library", "guava");
        assertRefused("no row \"get\"; there are get-bounded", "--row", "get");
        assertRefused("--rounds must be positive: 0", "--rounds", "0");
        assertRefused("--rounds lacks its value", "--rounds");
    }

    private static void assertRefused(String message, String... arguments) {
        assertThatThrownBy(() -> parse(arguments).select(ALL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static Options parse(String... arguments) {
        return Options.parse(List.of(arguments), OUTPUT);
    }
}
