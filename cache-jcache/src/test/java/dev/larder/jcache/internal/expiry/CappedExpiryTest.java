package dev.larder.jcache.internal.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.fixture.CountingPolicy;
import dev.larder.store.Ttl;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CappedExpiryTest {

    private static final Ttl MOST = Ttl.ofMillis(60_000);
    private static final Ttl LESS = Ttl.ofMillis(1_000);
    private static final Ttl MORE = Ttl.ofMillis(3_600_000);

    static Stream<Arguments> writes() {
        return Stream.of(
                Arguments.of(Ttl.ETERNAL, MOST),
                Arguments.of(MORE, MOST),
                Arguments.of(MOST, MOST),
                Arguments.of(LESS, LESS),
                Arguments.of(Ttl.EXPIRED, Ttl.EXPIRED));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void whatIsWrittenLivesNoLonger(Ttl said, Ttl capped) {
        Expiry expiry = CappedExpiry.of(ConstantExpiry.of(said), MOST);

        assertThat(expiry.creation()).isEqualTo(capped);
        assertThat(expiry.update()).isEqualTo(capped);
        assertThat(expiry.isConstant()).isTrue();
    }

    @Test
    void whatIsCreatedWithoutADeadlineGetsOneAndAnUpdateLeavesIt() {
        Expiry expiry = CappedExpiry.of(new ConstantExpiry(Ttl.UNCHANGED, Ttl.UNCHANGED, Ttl.UNCHANGED), MOST);

        assertThat(expiry.creation()).isEqualTo(MOST);
        assertThat(expiry.update()).isEqualTo(Ttl.UNCHANGED);
    }

    @Test
    void readingMovesNoDeadlineButMayEndAnEntry() {
        assertThat(CappedExpiry.of(new ConstantExpiry(LESS, LESS, LESS), MOST).access())
                .isEqualTo(Ttl.UNCHANGED);
        assertThat(CappedExpiry.of(new ConstantExpiry(LESS, Ttl.EXPIRED, LESS), MOST)
                        .access())
                .isEqualTo(Ttl.EXPIRED);
    }

    @Test
    void aPolicyOfAUserIsAskedEachTime() {
        CountingPolicy policy = new CountingPolicy();
        Expiry expiry = CappedExpiry.of(PolicyExpiry.of(policy), MOST);

        assertThat(expiry.isConstant()).isFalse();
        assertThat(expiry.creation()).isEqualTo(MOST);
    }
}
