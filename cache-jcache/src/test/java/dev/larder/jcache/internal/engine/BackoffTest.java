package dev.larder.jcache.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.cache.CacheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class BackoffTest {

    @Test
    void nobodyTriesForEver() {
        assertThatNoException().isThrownBy(() -> Backoff.pause("users", 5_999));

        assertThatThrownBy(() -> Backoff.pause("users", 6_000))
                .isExactlyInstanceOf(CacheException.class)
                .hasMessage(
                        "cache \"users\": others have been changing the same key for a minute; nothing was changed");
    }

    @Test
    void whoIsInterruptedGivesUpAndStaysInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Backoff.pause("users", 0))
                .isExactlyInstanceOf(CacheException.class)
                .hasMessageContaining("interrupted");

        assertThat(Thread.interrupted()).isTrue();
    }
}
