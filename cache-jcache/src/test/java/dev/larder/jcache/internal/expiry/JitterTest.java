package dev.larder.jcache.internal.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.store.Ttl;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JitterTest {

    private static final Ttl SECOND = Ttl.ofMillis(1_000);

    private static Expiry jittered(Ttl ttl, double most, Object key) {
        return Lifetimes.of(new ConstantExpiry(ttl, ttl, ttl), most, 0).of(key);
    }

    private static long millis(Object key) {
        return jittered(SECOND, 0.1, key).creation().millis();
    }

    @Test
    void numbersInARowAreSpreadEvenly() {
        int[] keysByMillisecond = new int[100];
        IntStream.range(0, 100_000).forEach(key -> keysByMillisecond[(int) (millis(key) - 901)]++);

        assertThat(Arrays.stream(keysByMillisecond).min().orElseThrow()).isGreaterThan(800);
        assertThat(Arrays.stream(keysByMillisecond).max().orElseThrow()).isLessThan(1_200);
    }

    @Test
    void textsThatDifferInALetterAreSpread() {
        long differentTtls = IntStream.range(0, 1_000)
                .mapToLong(i -> millis("product-" + i))
                .distinct()
                .count();

        assertThat(differentTtls).isGreaterThan(95);
    }

    @Test
    void sameKeyHasTheSameTtlInEveryJvm() {
        assertThat(millis("airport")).isEqualTo(millis(new String("airport".toCharArray())));
        // a constant, because another JVM computes it by itself
        assertThat(millis("airport")).isEqualTo(928);
    }

    @Test
    void creationAccessAndUpdateAreShortenedAlike() {
        Expiry expiry = jittered(SECOND, 0.5, "k");

        assertThat(expiry.creation()).isEqualTo(expiry.access()).isEqualTo(expiry.update());
        assertThat(expiry.isConstant()).isTrue();
    }

    @Test
    void shortestTtlStaysOne() {
        IntStream.range(0, 1_000)
                .forEach(key -> assertThat(
                                jittered(Ttl.ofMillis(1), 0.5, key).creation().millis())
                        .isEqualTo(1));
    }

    @Test
    void whatIsNoTimeStaysWhatItIs() {
        Expiry expiry = Lifetimes.of(new ConstantExpiry(SECOND, Ttl.UNCHANGED, Ttl.EXPIRED), 0.5, 0)
                .of("k");

        assertThat(expiry.creation().millis()).isLessThan(1_000);
        assertThat(expiry.access()).isEqualTo(Ttl.UNCHANGED);
        assertThat(expiry.update()).isEqualTo(Ttl.EXPIRED);
    }

    @Test
    void whatEntriesAreKeptLongerThanTheirTtlIsNotShortened() {
        long window = 5_000;
        Ttl kept = Ttl.ofMillis(SECOND.millis() + window);

        Lifetimes lifetimes = Lifetimes.of(ConstantExpiry.of(kept), 0.1, window);

        assertThat(lifetimes.of("airport").creation().millis()).isEqualTo(millis("airport") + window);
        assertThat(lifetimes.asOfCreation().of("airport").update())
                .isEqualTo(lifetimes.of("airport").creation());
    }

    @Test
    void updateAsOfCreationBeginsTheTimeAnewForEachKey() {
        Expiry onCreation = new ConstantExpiry(SECOND, Ttl.UNCHANGED, Ttl.UNCHANGED);

        Lifetimes lifetimes = Lifetimes.of(onCreation, 0.1, 0).asOfCreation();

        assertThat(lifetimes.of("airport").update().millis()).isEqualTo(millis("airport"));
        assertThat(lifetimes.of("airport").access()).isEqualTo(Ttl.UNCHANGED);
    }

    @Test
    void whereThereIsNothingToShortenTheUsualExpiryIsHandedOut() {
        Expiry eternal = new ConstantExpiry(Ttl.ETERNAL, Ttl.UNCHANGED, Ttl.UNCHANGED);
        Expiry usual = new ConstantExpiry(SECOND, SECOND, SECOND);

        assertThat(Lifetimes.of(eternal, 0.5, 0).of("k")).isSameAs(eternal);
        assertThat(Lifetimes.of(usual, 0, 0).of("k")).isSameAs(usual);
        assertThat(Lifetimes.of(usual, 0, 0).differ()).isFalse();
    }
}
