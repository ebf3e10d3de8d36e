package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.store.Change;
import dev.larder.store.Store;
import dev.larder.store.Tags;
import dev.larder.store.Ttl;
import dev.larder.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;

/**
 * How long it takes until one JVM hears of what another has done to all entries.
 *
 * <p>By the question of once a second alone most rounds would take a second, as each begins when a question was answered. So a quarter of the rounds,
 * and half of them under stress, are what tells whether the servers say it themselves: a machine that stops for seconds in some of them changes nothing.
 */
final class Propagation {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int ROUNDS = 20;

    /** One of so many rounds has to be as fast as if the servers say it. */
    private static final int FAST_ONE_OF = Boolean.getBoolean("larder.stress") ? 2 : 4;

    /** Far more than servers need, even on a busy machine, and less than the second between two questions. */
    private static final int SLOW_MILLIS = 500;

    /** Less than a question takes to come, and more than servers need. */
    private static final int FAST_MILLIS = 250;

    private Propagation() {}

    /** Clears, and invalidates a tag, by turns, here, and sees there that the entry is gone in no time. */
    static void assertImmediate(Store<String, String> here, Store<String, String> there) {
        assertFast(millis(here, there, ROUNDS));
    }

    /** Sees that enough rounds were too fast for somebody who asked, by how long each took. */
    static void assertFast(long[] millis) {
        Arrays.sort(millis);
        assertThat(millis[millis.length / FAST_ONE_OF])
                .as("milliseconds of one of %d rounds", FAST_ONE_OF)
                .isLessThan(SLOW_MILLIS);
    }

    /** Sees that the entry is gone when the question was asked, and no sooner: nobody told of it. */
    static void assertAsked(Store<String, String> here, Store<String, String> there) {
        long[] millis = millis(here, there, ROUNDS / 3);
        Arrays.sort(millis);
        assertThat(millis[millis.length / 2])
                .as("milliseconds of half of the rounds")
                .isGreaterThan(FAST_MILLIS);
    }

    private static long[] millis(Store<String, String> here, Store<String, String> there, int rounds) {
        long[] millis = new long[rounds];
        for (int round = 0; round < rounds; round++) {
            millis[round] = millis(here, there, round % 2 == 0);
        }
        return millis;
    }

    private static long millis(Store<String, String> here, Store<String, String> there, boolean clears) {
        long start = Clock.system().millis();
        there.write("key", Change.put("value", Ttl.ETERNAL).withTags(Tags.of(Set.of("red"))));
        if (clears) {
            here.clear();
        } else {
            here.invalidateTags(Set.of("red"));
        }
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(SOON)
                .until(() -> there.read("key") == null);
        return Clock.system().millis() - start;
    }
}
