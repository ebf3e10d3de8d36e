package dev.larder.jcache.internal.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.Loaded;
import dev.larder.jcache.concurrency.Crew;
import dev.larder.jcache.concurrency.Task;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import javax.cache.CacheException;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(300)
class FlightTest {

    private static final LoaderErrors ERRORS = new LoaderErrors("users", "com.acme.UserLoader");

    private static final Loaded<String> LOADED = Loaded.of("v").withTags("letters");

    @RegisterExtension
    final Crew crew = new Crew();

    private final Flight<String> flight = new Flight<>();

    private @Nullable Loaded<String> awaited() {
        return flight.await(Patience.endless(), ERRORS, "k");
    }

    private List<Task<Loaded<String>>> waiters(int number) {
        List<Task<Loaded<String>>> waiters =
                Stream.generate(() -> crew.start(this::awaited)).limit(number).toList();
        waiters.forEach(Task::awaitWaiting);
        return waiters;
    }

    @Test
    void whatLandsGoesToAllWhoWaitAndAllWhoComeLater() {
        List<Task<Loaded<String>>> waiters = waiters(5);

        flight.land(LOADED);

        assertThat(waiters).extracting(Task::get).containsOnly(LOADED);
        assertThat(awaited()).isSameAs(LOADED);
        assertThat(flight.hasLanded()).isTrue();
    }

    @Test
    void flightMayLandEmpty() {
        List<Task<Loaded<String>>> waiters = waiters(2);

        flight.land(null);

        assertThat(waiters).extracting(Task::get).containsOnlyNulls();
        assertThat(awaited()).isNull();
    }

    @Test
    void crashReachesAllWhoWaitAsALoadersFailure() {
        List<Task<Loaded<String>>> waiters = waiters(3);
        IOException cause = new IOException("connection reset");

        flight.crash(cause);

        for (Task<Loaded<String>> waiter : waiters) {
            assertThat(waiter.failure())
                    .isInstanceOf(CacheLoaderException.class)
                    .hasMessage("cache \"users\": loader com.acme.UserLoader failed")
                    .hasCause(cause);
        }
    }

    @Test
    void loadersOwnExceptionStaysAsItIs() {
        CacheLoaderException cause = new CacheLoaderException("gone");

        flight.crash(cause);

        assertThatThrownBy(this::awaited).isSameAs(cause);
    }

    @Test
    void crashAfterTheLandingChangesNothing() {
        flight.land(LOADED);
        flight.crash(new IllegalStateException("too late"));

        assertThat(awaited()).isSameAs(LOADED);
    }

    @Test
    void itBelongsToTheThreadThatLoadsUntilItHasLanded() {
        assertThat(flight.owner()).isNull();

        flight.board();
        assertThat(flight.owner()).isSameAs(Thread.currentThread());

        flight.land(LOADED);

        assertThat(flight.owner()).isNull();
    }

    @Test
    void loaderThatWaitsForItsOwnFlightIsTold() {
        flight.board();

        assertThatThrownBy(this::awaited)
                .isInstanceOf(CacheLoaderException.class)
                .hasMessage(
                        "cache \"users\": loader com.acme.UserLoader asked the cache for key k while loading it; a load"
                                + " must not need itself, directly or by way of others");
    }

    @Test
    void interruptedWaiterIsFreedWithItsFlagSet() {
        Task<Boolean> waiter = crew.start(() -> {
            assertThatThrownBy(this::awaited)
                    .isInstanceOf(CacheException.class)
                    .hasMessage("cache \"users\": interrupted while waiting for the load of key k")
                    .hasCauseInstanceOf(InterruptedException.class);
            return Thread.currentThread().isInterrupted();
        });
        waiter.awaitWaiting();

        waiter.interrupt();

        assertThat(waiter.get()).isTrue();
        flight.land(LOADED);
        assertThat(awaited()).isSameAs(LOADED);
    }
}
