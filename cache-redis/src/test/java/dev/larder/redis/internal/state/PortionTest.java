package dev.larder.redis.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many keys are removed at a time. */
class PortionTest {

    private final Portion portion = new Portion();

    /** The trip of who is a millisecond away. */
    @BeforeEach
    void learnTrip() {
        portion.tripTook(TimeUnit.MILLISECONDS.toNanos(1));
    }

    private void take(int removals, long millis) {
        for (int i = 0; i < removals; i++) {
            portion.took(TimeUnit.MILLISECONDS.toNanos(millis));
        }
    }

    @Test
    void aServerThatIsQuickIsAskedForMany() {
        take(10, 1);

        assertThat(portion.size()).isEqualTo(Portion.MOST);
    }

    @Test
    void aServerThatTakesLongIsAskedForFewer() {
        take(1, 7);

        assertThat(portion.size()).isEqualTo(Portion.MOST / 2);
    }

    @Test
    void someAreRemovedHoweverLongItTakes() {
        take(100, 1_000);

        assertThat(portion.size()).isEqualTo(Portion.LEAST);
    }

    @Test
    void aServerThatIsQuickAgainIsAskedForMoreAgain() {
        take(2, 7);
        take(1, 1);

        assertThat(portion.size()).isEqualTo(Portion.MOST / 2);
        take(10, 1);
        assertThat(portion.size()).isEqualTo(Portion.MOST);
    }

    @Test
    void aServerThatIsFarAwayIsAskedForMany() {
        Portion far = new Portion();
        far.tripTook(TimeUnit.MILLISECONDS.toNanos(60));
        far.tripTook(TimeUnit.MILLISECONDS.toNanos(40));

        far.took(TimeUnit.MILLISECONDS.toNanos(44));

        assertThat(far.size()).isEqualTo(Portion.MOST);
    }
}
