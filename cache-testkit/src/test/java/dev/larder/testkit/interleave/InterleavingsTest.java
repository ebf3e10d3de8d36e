package dev.larder.testkit.interleave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class InterleavingsTest {

    /** Loses an update if another is made between its read and its write. */
    private static final class Counter {

        private final Interleaving run;
        private int value;

        Counter(Interleaving run) {
            this.run = run;
        }

        void increment() {
            int read = value;
            run.point("between");
            value = read + 1;
        }
    }

    private static void twoIncrements(Interleaving run) {
        Counter counter = new Counter(run);
        run.actor("one", counter::increment);
        run.actor("two", counter::increment);

        run.play();

        assertThat(counter.value).isEqualTo(2);
    }

    @Test
    void lostUpdateIsFoundWithinAFewSeeds() {
        assertThatThrownBy(() -> Interleavings.ofSeeds(20).check(InterleavingsTest::twoIncrements))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("schedule: ")
                .hasMessageContaining("@between")
                .hasMessageContaining("-Dlarder.interleaving.seed=");
    }

    @Test
    void failureIsHadAgainFromItsSeed() {
        String message = failureOf(Interleavings.ofSeeds(20));
        long seed = Long.parseLong(numbersBehind("ofSeed\\(", message));

        Interleaving again = Interleaving.ofSeed(seed);

        assertThatThrownBy(() -> twoIncrements(again)).isInstanceOf(AssertionError.class);
        assertThat(message).contains(again.toString());
    }

    @Test
    void seedOfTheSystemPropertyIsTheOnlyOne() {
        System.setProperty(Interleavings.SEED_PROPERTY, "4711");
        try {
            List<String> replays = new ArrayList<>();
            int number = Interleavings.ofSeeds(20).check(run -> replays.add(run.toString()));

            assertThat(number).isEqualTo(1);
            assertThat(replays).singleElement().asString().contains("4711");
        } finally {
            System.clearProperty(Interleavings.SEED_PROPERTY);
        }
    }

    @Test
    void eachWayIsGoneOnce() {
        Set<List<String>> schedules = new HashSet<>();

        int number = Interleavings.exhaustive(100).check(run -> {
            run.actor("a", () -> run.point("half"));
            run.actor("b", () -> run.point("half"));
            run.play();
            schedules.add(run.schedule());
        });

        // two steps of one among four: six ways, and six schedules
        assertThat(number).isEqualTo(6);
        assertThat(schedules).hasSize(6);
    }

    @Test
    void choicesOfTheTestAreWaysToo() {
        Set<String> pairs = new HashSet<>();

        int number = Interleavings.exhaustive(100).check(run -> pairs.add(run.choose(3) + "," + run.choose(2)));

        assertThat(number).isEqualTo(6);
        assertThat(pairs).containsExactlyInAnyOrder("0,0", "0,1", "1,0", "1,1", "2,0", "2,1");
    }

    @Test
    void lostUpdateIsFoundOnOneOfAllWaysAndHadAgain() {
        String message = failureOf(Interleavings.exhaustive(100));
        int[] choices = Pattern.compile(", ")
                .splitAsStream(numbersBehind("ofChoices\\(", message))
                .mapToInt(Integer::parseInt)
                .toArray();

        Interleaving again = Interleaving.ofChoices(choices);

        assertThatThrownBy(() -> twoIncrements(again)).isInstanceOf(AssertionError.class);
        assertThat(message).contains(again.toString());
    }

    @Test
    void moreWaysThanAllowedAreAFailure() {
        Interleavings few = Interleavings.exhaustive(5);

        assertThatThrownBy(() -> few.check(run -> run.choose(6)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("there are more than 5 ways to run this");
    }

    @Test
    void exceptionOfAScenarioIsAFailureWithItsSeed() {
        assertThatThrownBy(() -> Interleavings.ofSeeds(1).check(run -> {
                    throw new IllegalStateException("no scene");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no scene")
                .hasMessageContaining("ofSeed(1L)");
    }

    @Test
    void thereMustBeARun() {
        assertThatIllegalArgumentException().isThrownBy(() -> Interleavings.ofSeeds(0));
    }

    private static String failureOf(Interleavings runs) {
        try {
            runs.check(InterleavingsTest::twoIncrements);
        } catch (AssertionError e) {
            return e.getMessage();
        }
        throw new AssertionError("the lost update was not found");
    }

    private static String numbersBehind(String call, String message) {
        Matcher matcher = Pattern.compile(call + "([0-9, ]+)").matcher(message);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
