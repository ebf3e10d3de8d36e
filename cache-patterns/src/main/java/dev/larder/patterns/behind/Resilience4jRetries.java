package dev.larder.patterns.behind;

import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.RetryConfig;
import java.util.function.Predicate;

/** Makes policies of configurations of Resilience4j. Needs {@code io.github.resilience4j:resilience4j-retry}, which this module does not bring along. */
public final class Resilience4jRetries {

    private Resilience4jRetries() {}

    /**
     * Returns the policy with the attempts, the pauses and the exceptions of a configuration. What it says of results has no meaning here. Its predicates are asked about what the
     * writer threw, and, if that is a {@code CacheWriterException}, about its cause too: one of them must be worth another try.
     */
    public static RetryPolicy of(RetryConfig configuration) {
        Predicate<Throwable> retryable = configuration.getExceptionPredicate();
        return new RetryPolicy(
                configuration.getMaxAttempts(),
                (failures, last) -> configuration.getIntervalBiFunction().apply(failures, Either.left(last)),
                failure ->
                        retryable.test(failure) || (failure.getCause() != null && retryable.test(failure.getCause())));
    }
}
