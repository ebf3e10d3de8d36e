package dev.larder.redis.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.redis.RedisSettings;
import dev.larder.redis.RedisStores;
import dev.larder.redis.config.SentinelSettings;
import dev.larder.testkit.FakeTime;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class IamCredentialsProviderTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final IamCache IAM = IamCache.elastiCache("iam-user-01", "my-cache", "us-east-1");

    private final FakeTime time = new FakeTime();
    private final long startNanos = time.nanos();
    private final InstantSource timeOfDay = () -> START.plusNanos(time.nanos() - startNanos);
    private AwsCredentials credentials = AwsCredentials.of("id", "secret");
    private final IamCredentialsProvider provider = new IamCredentialsProvider(IAM, () -> credentials, timeOfDay, time);

    @Test
    void userIsTheOneOfElastiCacheAndThePasswordIsTheToken() {
        Credentials granted = provider.grant().credentials();

        assertThat(granted.username()).isEqualTo("iam-user-01");
        assertThat(new String(granted.password()))
                .startsWith("my-cache/?Action=connect&User=iam-user-01&")
                .contains("X-Amz-Date=20260101T000000Z");
    }

    /** It would be sent in the clear. */
    @Test
    void tokenIsNotSentWithoutTls() {
        URI server = URI.create("redis://127.0.0.1:1");

        assertThatThrownBy(() -> RedisStores.connect(RedisSettings.of(server), provider))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"uri\" begins with redis://")
                .hasMessageEndingWith("let it begin with rediss://");
        assertThatThrownBy(() -> RedisStores.connect(RedisSettings.ofCluster(List.of(server)), provider))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"nodes\" begins with redis://");
        assertThatThrownBy(() -> RedisStores.connect(
                        RedisSettings.ofSentinels(new SentinelSettings("master", List.of(server), null)), provider))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"sentinel\" begins with redis://");
    }

    @Test
    void tokenIsKeptForTenMinutes() {
        Grant first = provider.grant();

        time.advance(Duration.ofMinutes(9));
        Grant second = provider.grant();

        assertThat(first.askAgainAfter()).isEqualTo(Duration.ofMinutes(10));
        assertThat(second.credentials()).isEqualTo(first.credentials());
        assertThat(second.askAgainAfter()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void tokenIsSignedAnewAfterTenMinutes() {
        Grant first = provider.grant();

        time.advance(Duration.ofMinutes(10));

        assertThat(provider.grant().credentials()).isNotEqualTo(first.credentials());
    }

    @Test
    void liveConnectionsAreAuthenticatedAnewWellBeforeTwelveHours() {
        assertThat(provider.grant().reauthenticateAfter()).isLessThanOrEqualTo(Duration.ofHours(6));
    }

    @Test
    void tokenOfCredentialsThatEndSoonIsKeptForHalfTheRest() {
        credentials = new AwsCredentials("id", "secret", "session", START.plus(Duration.ofMinutes(4)));

        assertThat(provider.grant().askAgainAfter()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void credentialsThatHaveEndedAreAskedForAgainAtOnceButNotInALoop() {
        credentials = new AwsCredentials("id", "secret", "session", START.minusSeconds(60));

        assertThat(provider.grant().askAgainAfter()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void missingAwsCredentialsReachTheCaller() {
        IamCredentialsProvider withoutSource = new IamCredentialsProvider(
                IAM,
                () -> {
                    throw new CredentialsException("none here");
                },
                timeOfDay,
                time);

        assertThatThrownBy(withoutSource::grant)
                .isInstanceOf(CredentialsException.class)
                .hasMessage("none here");
    }
}
