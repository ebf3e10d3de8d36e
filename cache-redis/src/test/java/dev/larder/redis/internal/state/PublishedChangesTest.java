package dev.larder.redis.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.codec.frame.KeySpace;
import dev.larder.testkit.FakeTime;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is published of changes is learned as it comes, unless something before it did not come. */
class PublishedChangesTest {

    private final HeldAnswers server = new HeldAnswers();
    private final CacheState state =
            new CacheState("larder:", new KeySpace("", "cache", 0), server, server, new FakeTime());

    @BeforeEach
    void knowTheChangesUpToTheFifth() {
        var unused = state.refreshed();
        server.answer(0, 10, 5, "red");
    }

    private void tell(String message) {
        state.told(message.getBytes(StandardCharsets.UTF_8));
    }

    private boolean isUpToDate(String tag) {
        return state.tags().isUpToDate(Set.of(tag), 5);
    }

    @Test
    void nextInvalidationIsLearnedWithoutAQuestion() {
        tell("T8 5 5:green8:größer"); // lengths are bytes

        assertThat(server.asked()).isEqualTo(1);
        assertThat(isUpToDate("green")).isFalse();
        assertThat(isUpToDate("größer")).isFalse();
        assertThat(isUpToDate("blue")).isTrue();
    }

    /** The tooth: who takes the seventh for all there is to know counts "green" as up to date for good. */
    @Test
    void invalidationAfterAGapIsAskedFor() {
        tell("T7 6 4:blue");

        assertThat(server.asked()).isEqualTo(2);
        assertThat(state.tags().number()).isEqualTo(5);
        server.answer(1, 10, 7, "green", "blue");
        assertThat(isUpToDate("green")).isFalse();
    }

    @Test
    void clearIsAskedFor() {
        tell("E6");

        assertThat(server.asked()).isEqualTo(2);
        server.answer(1, 11, 6);
        assertThat(state.epoch()).isEqualTo(11);
    }

    @Test
    void whatIsKnownIsNotAskedFor() {
        tell("T5 4 3:red");
        tell("E4");

        assertThat(server.asked()).isEqualTo(1);
    }

    @Test
    void tagThatIsCutOffIsAskedFor() {
        tell("T6 5 5:gree");

        assertThat(server.asked()).isEqualTo(2);
    }

    @Test
    void whatAnotherReleasePublishesIsAskedFor() {
        tell("X6 of something");

        assertThat(server.asked()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"T6 5 -3:x", "T6 5 -1:x", "T6 5 2147483647:x"})
    void tagOfAnImpossibleLengthIsAskedFor(String message) {
        tell(message);

        assertThat(server.asked()).isEqualTo(2);
    }
}
