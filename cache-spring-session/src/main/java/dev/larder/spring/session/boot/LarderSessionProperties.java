package dev.larder.spring.session.boot;

import dev.larder.patterns.session.SessionStoreBuilder;
import dev.larder.patterns.session.WhenStoreFails;
import dev.larder.patterns.session.WhenTooMany;
import dev.larder.spring.session.LarderSessionSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.FlushMode;
import org.springframework.session.SaveMode;
import org.springframework.util.unit.DataSize;

/**
 * What {@code application.properties} says under {@code larder.session}. What is null there, the store decides.
 *
 * @param enabled whether sessions are kept by Larder at all
 * @param cacheName the cache of the sessions
 * @param absoluteTimeout how long a session lives at most, however much it is used
 * @param renewIdAfter after how long a session is given another id
 * @param sweepEvery how often this instance looks for sessions whose time is over
 * @param onStoreFailure what is done while the cache fails
 * @param flushMode when changes are written
 * @param saveMode which attributes are taken for changed
 * @param allowedTypes types that attributes may hold, or packages, beside those of the application itself
 * @param indexNames indexes beside that of users
 * @param maxSessionsPerUser how many sessions a user has at most
 * @param whenTooMany which one ends when there is one too many
 * @param maxAttributeSize of one attribute, serialised
 * @param maxSessionSize of all of a session
 */
@ConfigurationProperties("larder.session")
public record LarderSessionProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue(LarderSessionSettings.CACHE_NAME) String cacheName,
        @Nullable Duration absoluteTimeout,
        @Nullable Duration renewIdAfter,
        @Nullable Duration sweepEvery,
        @Nullable WhenStoreFails onStoreFailure,
        @DefaultValue("on-save") FlushMode flushMode,
        @DefaultValue("on-set-attribute") SaveMode saveMode,
        @DefaultValue List<String> allowedTypes,
        @DefaultValue List<String> indexNames,
        @Nullable Integer maxSessionsPerUser,
        @DefaultValue("end-oldest-used") WhenTooMany whenTooMany,
        @Nullable DataSize maxAttributeSize,
        @Nullable DataSize maxSessionSize) {

    /** Hands what was set to the store. */
    void applyTo(SessionStoreBuilder store) {
        if (absoluteTimeout != null) {
            store.absoluteTimeout(absoluteTimeout);
        }
        if (renewIdAfter != null) {
            store.renewIdAfter(renewIdAfter);
        }
        if (sweepEvery != null) {
            store.sweepEvery(sweepEvery);
        }
        if (onStoreFailure != null) {
            store.whenStoreFails(onStoreFailure);
        }
        if (maxSessionsPerUser != null) {
            store.maxSessions(
                    FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, maxSessionsPerUser, whenTooMany);
        }
        if (maxAttributeSize != null) {
            store.maxAttributeBytes(Math.toIntExact(maxAttributeSize.toBytes()));
        }
        if (maxSessionSize != null) {
            store.maxSessionBytes(Math.toIntExact(maxSessionSize.toBytes()));
        }
    }
}
