package dev.larder.redis.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentWritesTest {

    private static final byte[] A = {1};
    private static final byte[] B = {2};

    private final RecentWrites recent = new RecentWrites();

    @Test
    void keyIsRememberedUntilAQuestionAskedAfterItIsAnswered() {
        recent.note(A);
        recent.asked();
        recent.note(B);
        assertThat(recent.keys()).containsExactlyInAnyOrder(A, B);

        recent.confirmed();

        assertThat(recent.keys()).containsExactly(B);
    }

    @Test
    void questionThatIsNotAnsweredCoversNothing() {
        recent.note(A);
        recent.asked();
        recent.note(B);
        recent.asked();
        assertThat(recent.keys()).containsExactlyInAnyOrder(A, B);

        recent.confirmed();

        assertThat(recent.keys()).isEmpty();
    }

    @Test
    void tooManyKeysAreNotTold() {
        for (int i = 0; i < 20_001; i++) {
            recent.note(A);
        }
        assertThat(recent.keys()).isNull();
        recent.asked();
        assertThat(recent.keys()).isNull();
        recent.asked();
        assertThat(recent.keys()).isNull();

        recent.confirmed();

        assertThat(recent.keys()).isEmpty();
    }
}
