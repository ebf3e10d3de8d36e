package dev.larder.benchmarks.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.benchmarks.subject.Library;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArtifactsTest {

    @Test
    void libraryNeedsTheApiAndWhatItsDependenciesNeed() {
        Artifacts artifacts = Artifacts.parse(Stream.of(
                "1 dev.larder:cache-benchmarks:jar:0.1.0",
                "2 org.cache2k:cache2k-jcache:jar:2.6.1.Final:compile",
                "3 (javax.cache:cache-api:jar:1.1.1:compile - version managed from 1.1.0; omitted for duplicate)",
                "4 org.cache2k:cache2k-core:jar:2.6.1.Final:compile",
                "5 (org.cache2k:cache2k-api:jar:2.6.1.Final:compile - omitted for duplicate)",
                "6 org.cache2k:cache2k-api:jar:2.6.1.Final:compile",
                "7 javax.cache:cache-api:jar:1.1.1:compile",
                "8 org.ehcache:ehcache:jar:3.12.0:compile",
                "#",
                "1 2 compile",
                "1 8 compile",
                "2 3 compile",
                "2 4 compile",
                "4 5 runtime",
                "2 6 compile"));

        assertThat(artifacts.closureOf(Library.CACHE2K))
                .containsExactlyInAnyOrder(
                        "javax.cache:cache-api",
                        "org.cache2k:cache2k-jcache",
                        "org.cache2k:cache2k-core",
                        "org.cache2k:cache2k-api");
        assertThat(artifacts.versionOf(Library.CACHE2K)).isEqualTo("2.6.1.Final");
    }

    @ParameterizedTest
    @EnumSource
    void allThatALibraryNeedsIsOnTheClassPath(Library library) {
        assertThat(Artifacts.ofThisBuild().filesOf(library)).allMatch(Files::exists);
    }

    @Test
    void noLibraryBringsAnother() {
        assertThat(Artifacts.ofThisBuild().closureOf(Library.LARDER))
                .contains("dev.larder:cache-core", "com.github.ben-manes.caffeine:caffeine")
                .doesNotContain("org.ehcache:ehcache", "com.github.ben-manes.caffeine:jcache");
    }
}
