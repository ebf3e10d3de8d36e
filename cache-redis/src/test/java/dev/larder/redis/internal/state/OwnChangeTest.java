package dev.larder.redis.internal.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.larder.codec.frame.KeySpace;
import dev.larder.redis.internal.link.Calls;
import dev.larder.redis.internal.link.UnusedLink;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.testkit.FakeTime;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The server makes a change for all, and then does not say what came of it. */
class OwnChangeTest {

    private final HeldAnswers silent = new HeldAnswers();
    private final CacheState state = new CacheState(
            "larder:",
            new KeySpace("", "cache", 0),
            silent,
            (script, key, arguments) -> CompletableFuture.completedFuture(List.of(1L)),
            new FakeTime());
    private final Calls calls = new Calls(new UnusedLink(), Duration.ofMillis(5));

    @Test
    void clearOfWhichNothingIsLearnedMayHaveBeenMade() {
        assertMayHaveBeenMade(catchThrowableOfType(StoreException.class, () -> state.clear(calls)));
    }

    @Test
    void invalidationOfWhichNothingIsLearnedMayHaveBeenMade() {
        assertMayHaveBeenMade(catchThrowableOfType(StoreException.class, () -> state.invalidate(calls, Set.of("red"))));
    }

    private static void assertMayHaveBeenMade(StoreException failure) {
        assertThat(failure.applied()).isEqualTo(Applied.UNKNOWN);
        assertThat(failure).hasMessageContaining("redis test").hasMessageEndingWith("after the change was made");
    }
}
