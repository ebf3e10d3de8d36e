package dev.larder.redis.auth;

import dev.larder.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Signs tokens for ElastiCache and MemoryDB by IAM, from the JDK alone.
 *
 * <p>A token is signed anew after 10 of its 15 minutes, earlier where the AWS credentials end earlier. A connection that was opened with
 * one would be cut after 12 hours; live ones are authenticated anew after an hour.
 */
public final class IamCredentialsProvider implements CredentialsProvider {

    private static final Duration TOKEN_IN_USE = Duration.ofMinutes(10);
    private static final Duration CONNECTION_IN_USE = Duration.ofHours(1);
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final IamCache cache;
    private final AwsCredentialsSource source;
    private final InstantSource timeOfDay;
    private final Clock clock;
    private @Nullable Token token;

    private record Token(Credentials credentials, long untilMillis) {}

    /** Creates the provider. */
    public IamCredentialsProvider(IamCache cache, AwsCredentialsSource source) {
        this(cache, source, InstantSource.system(), Clock.system());
    }

    /**
     * Creates the provider for a test.
     *
     * @param timeOfDay what the token is dated with
     * @param clock what its age is measured with
     */
    public IamCredentialsProvider(IamCache cache, AwsCredentialsSource source, InstantSource timeOfDay, Clock clock) {
        this.cache = Objects.requireNonNull(cache, "cache");
        this.source = Objects.requireNonNull(source, "source");
        this.timeOfDay = Objects.requireNonNull(timeOfDay, "timeOfDay");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public synchronized Grant grant() {
        Token inUse = token;
        if (inUse == null || clock.millis() >= inUse.untilMillis()) {
            inUse = sign();
            token = inUse;
        }
        Duration left = Duration.ofMillis(inUse.untilMillis() - clock.millis());
        return new Grant(inUse.credentials(), atLeastShortest(left), CONNECTION_IN_USE);
    }

    /** A token is a password for 15 minutes, and who reads it on its way can use it. */
    @Override
    public boolean needsTls() {
        return true;
    }

    @Override
    public String whenRefused() {
        return "it does not take the IAM token of user " + cache.user() + " for " + cache.name() + " in "
                + cache.region()
                + "; look whether the user is in the user group (at MemoryDB the ACL) of the cache, and authenticated by IAM with its name equal to its "
                + "id, whether \"cache\" is the replication group id (with \"serverless\": true the name of the serverless cache), whether the policy "
                + "allows Connect to both the cache and the user, and whether the clock of this machine is right";
    }

    private Token sign() {
        AwsCredentials credentials = source.credentials();
        Instant now = timeOfDay.instant();
        Duration inUse = inUse(credentials, now);
        String signed = IamToken.sign(cache, credentials, now);
        return new Token(Credentials.of(cache.user(), signed), clock.millis() + inUse.toMillis());
    }

    /** Half of what temporary credentials have left, if that is less: their source has newer ones by then or soon after. */
    private static Duration inUse(AwsCredentials credentials, Instant now) {
        Instant expiresAt = credentials.expiresAt();
        if (expiresAt == null) {
            return TOKEN_IN_USE;
        }
        Duration half = Duration.between(now, expiresAt).dividedBy(2);
        return atLeastShortest(half.compareTo(TOKEN_IN_USE) < 0 ? half : TOKEN_IN_USE);
    }

    private static Duration atLeastShortest(Duration duration) {
        return duration.compareTo(SHORTEST) < 0 ? SHORTEST : duration;
    }

    @Override
    public String toString() {
        return "IamCredentialsProvider[" + cache + "]";
    }
}
