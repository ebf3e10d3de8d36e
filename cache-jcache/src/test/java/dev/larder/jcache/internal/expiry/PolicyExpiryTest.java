package dev.larder.jcache.internal.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.fixture.CountingPolicy;
import dev.larder.store.Ttl;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyExpiryTest {

    private static final Ttl MINUTE = Ttl.ofMillis(60_000);

    static Stream<Arguments> stockPolicies() {
        Duration minute = Duration.ONE_MINUTE;
        return Stream.of(
                Arguments.of(new EternalExpiryPolicy(), Ttl.ETERNAL, Ttl.UNCHANGED, Ttl.UNCHANGED),
                Arguments.of(new CreatedExpiryPolicy(minute), MINUTE, Ttl.UNCHANGED, Ttl.UNCHANGED),
                Arguments.of(new ModifiedExpiryPolicy(minute), MINUTE, Ttl.UNCHANGED, MINUTE),
                Arguments.of(new AccessedExpiryPolicy(minute), MINUTE, MINUTE, Ttl.UNCHANGED),
                Arguments.of(new TouchedExpiryPolicy(minute), MINUTE, MINUTE, MINUTE));
    }

    @ParameterizedTest
    @MethodSource("stockPolicies")
    void policiesOfTheStandardAreConstants(ExpiryPolicy policy, Ttl creation, Ttl access, Ttl update) {
        Expiry expiry = PolicyExpiry.of(policy);

        assertThat(expiry.isConstant()).isTrue();
        assertThat(expiry.creation()).isEqualTo(creation);
        assertThat(expiry.access()).isEqualTo(access);
        assertThat(expiry.update()).isEqualTo(update);
    }

    @Test
    void policyThatSomebodyWroteIsAskedEachTimeAndNotBefore() {
        CountingPolicy policy = new CountingPolicy();
        Expiry expiry = PolicyExpiry.of(policy);
        assertThat(expiry.isConstant()).isFalse();
        assertThat(policy.calls()).isEqualTo("c0 a0 u0");

        assertThat(expiry.creation()).isEqualTo(Ttl.ETERNAL);
        policy.onCreation(Duration.ONE_MINUTE);
        assertThat(expiry.creation()).isEqualTo(MINUTE);
        assertThat(expiry.access()).isEqualTo(Ttl.UNCHANGED);
        assertThat(expiry.update()).isEqualTo(Ttl.UNCHANGED);
        assertThat(policy.calls()).isEqualTo("c2 a1 u1");
    }

    @Test
    void nullOnCreationIsForEver() {
        Expiry expiry = PolicyExpiry.of(new CountingPolicy().onCreation(null));

        assertThat(expiry.creation()).isEqualTo(Ttl.ETERNAL);
    }

    static Stream<Arguments> durations() {
        return Stream.of(
                Arguments.of(Duration.ZERO, Ttl.EXPIRED),
                Arguments.of(Duration.ETERNAL, Ttl.ETERNAL),
                Arguments.of(new Duration(TimeUnit.MILLISECONDS, 7), Ttl.ofMillis(7)),
                Arguments.of(new Duration(TimeUnit.DAYS, 3), Ttl.ofMillis(259_200_000)),
                Arguments.of(new Duration(TimeUnit.DAYS, Long.MAX_VALUE), Ttl.ETERNAL));
    }

    @ParameterizedTest
    @MethodSource("durations")
    void durationsBecomeMilliseconds(Duration duration, Ttl ttl) {
        Expiry expiry = PolicyExpiry.of(
                new CountingPolicy().onCreation(duration).onAccess(duration).onUpdate(duration));

        assertThat(expiry.creation()).isEqualTo(ttl);
        assertThat(expiry.access()).isEqualTo(ttl);
        assertThat(expiry.update()).isEqualTo(ttl);
    }

    @Test
    void failureOfAPolicyLeavesDeadlinesAloneAndCreatesForEver() {
        Expiry expiry = PolicyExpiry.of(new ExpiryPolicy() {
            @Override
            public Duration getExpiryForCreation() {
                throw new IllegalStateException("creation");
            }

            @Override
            public Duration getExpiryForAccess() {
                throw new IllegalStateException("access");
            }

            @Override
            public Duration getExpiryForUpdate() {
                throw new IllegalStateException("update");
            }
        });

        assertThat(expiry.creation()).isEqualTo(Ttl.ETERNAL);
        assertThat(expiry.access()).isEqualTo(Ttl.UNCHANGED);
        assertThat(expiry.update()).isEqualTo(Ttl.UNCHANGED);
    }
}
