package dev.larder.benchmarks.subject;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows on writers measure nothing if nothing is written. */
class KeyWriterTest {

    private static final CacheSpec BOUNDED = CacheSpec.PLAIN.bounded(1_000);

    private static long writtenBySubject(Library library, Writing writing) {
        long before = KeyWriter.writes();
        try (Subject subject = library.start()) {
            Target cache = subject.open(BOUNDED.writing(writing));
            for (int key = 0; key < 100; key++) {
                cache.put(key % 10, key);
            }
        }
        return KeyWriter.writes() - before;
    }

    @ParameterizedTest
    @EnumSource(
            value = Library.class,
            names = {"LARDER", "CAFFEINE_JCACHE", "CACHE2K", "EHCACHE"})
    void everyPutIsWrittenThrough(Library library) {
        assertThat(writtenBySubject(library, Writing.THROUGH)).isEqualTo(100);
    }

    @ParameterizedTest
    @EnumSource(
            value = Library.class,
            names = {"LARDER", "CAFFEINE_JCACHE"})
    void putsOfAKeyAreWrittenBehindTogether(Library library) {
        // each of the ten once a second, for as long as the puts take
        assertThat(writtenBySubject(library, Writing.BEHIND)).isBetween(10L, 90L);
    }
}
