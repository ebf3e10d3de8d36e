package dev.larder.examples.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.examples.Printed;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class PatternExamplesTest {

    private static final String[] NO_ARGUMENTS = {};

    @Test
    void manyWhoMissOneKeyCostOneQuery() throws Exception {
        assertThat(Printed.by(() -> ReadThroughExample.main(NO_ARGUMENTS)))
                .containsExactly(
                        "Norway: Oslo (queries so far: 1)",
                        "Norway again: Oslo (queries so far: 1)",
                        "100 threads at once, Sweden: [Stockholm] (queries so far: 2)",
                        "getAll: {Denmark=Copenhagen, Finland=Helsinki, Kazakhstan=Nur-Sultan} (queries so far: 3)",
                        "Kazakhstan after a change that nobody told of: Nur-Sultan (queries so far: 3)",
                        "Kazakhstan after its invalidation: Astana (queries so far: 4)");
    }

    @Test
    void manyChangesOfFewKeysAreWrittenTogether() throws Exception {
        assertThat(Printed.by(() -> WriteBehindExample.main(NO_ARGUMENTS)))
                .containsExactly(
                        "counted 10000 views: page 7 has 1000 views in the cache and null in the table",
                        "cleared the cache, which now reads what is queued:"
                                + " page 7 has 1000 views in the cache and null in the table",
                        "wrote what was queued: page 7 has 1000 views in the cache and 1000 in the table",
                        "changes: 10000, rows written: 10, batches: 1");
    }

    @Test
    void allPagesOfAnArticleAreDroppedByOneCall() throws Exception {
        assertThat(Printed.by(() -> TagsExample.main(NO_ARGUMENTS)))
                .containsExactly(
                        "all pages: [/, /about, /apples, /pears]",
                        "apples changed: [/about, /pears]",
                        "the page of apples was made again: [/about, /apples, /pears]");
    }

    @Test
    void changeByAnotherProgramDropsItsEntryAlone() throws Exception {
        File work = new File("target/postgres").getAbsoluteFile();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(work)
                .setPGStartupWait(Duration.ofMinutes(1))
                .setServerConfig("fsync", "off")
                .start()) {
            String url = postgres.getJdbcUrl("postgres", "postgres");

            assertThat(Printed.by(() -> NotifyExample.main(new String[] {url})))
                    .containsExactly(
                            "apples: 3, pears: 5",
                            "another program sold one: the entry of apples is gone, that of pears is not",
                            "apples: 2, pears: 5");
        }
    }
}
