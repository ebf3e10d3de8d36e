package dev.larder.redis.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.codec.frame.CodecSettings;
import dev.larder.codec.frame.EntryCodec;
import dev.larder.store.Change;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.TagVersions;
import dev.larder.store.Ttl;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeCallTest {

    private static final long UPDATED = 2;
    private static final int ACTION = 4;

    private final EntryCodec<String, String> codec =
            CodecSettings.of(String.class, String.class).open("calls", 1);
    private final byte[] key = codec.key("k");
    private final Place<String, String> place = new Place<>(codec, key, key);
    private final ChangeCall<String, String> call = new ChangeCall<>(
            place,
            Change.put("new", Ttl.ETERNAL).ifPresent().returningPrevious(),
            new TagVersions(),
            false,
            ChangeCall.UNTOLD);

    private final StoreException unsent = new StoreException("no connection", Applied.NO, null);

    private static Answer answer(byte[] found) {
        return Answer.of(List.of(UPDATED, -2L, found));
    }

    private byte[] damaged() {
        byte[] frame = codec.frame(key, "old", 1);
        frame[frame.length - 1]++;
        return frame;
    }

    @Test
    void whatReplacedNothingThatCanBeReadIsTakenBack() {
        assertThat(call.accept(answer(damaged()))).isFalse();
        assertThat(new String(call.arguments()[ACTION], StandardCharsets.US_ASCII))
                .isEqualTo("remove");

        assertThat(call.accept(Answer.of(List.of(3L)))).isTrue();
        assertThat(call.outcome().effect()).isEqualTo(Effect.ABSENT);
        assertThat(call.outcome().previous()).isNull();
    }

    @Test
    void whatCouldNotBeTakenBackMayBeThere() {
        call.accept(answer(damaged()));

        assertThat(call.failure(unsent).applied()).isEqualTo(Applied.UNKNOWN);
        assertThat(call.failure(unsent)).hasMessage("no connection").hasCause(unsent);
    }

    @Test
    void whatWasNotPutIsNotThere() {
        assertThat(call.failure(unsent)).isSameAs(unsent);
    }

    private static final long REMOVED = 3;
    private static final long TOUCHED = 4;
    private static final long NOT_STORED = 5;
    private static final long ABSENT = 6;
    private static final long MISMATCH = 7;

    private boolean hasWritten(Change<String> change, long code) {
        ChangeCall<String, String> answered =
                new ChangeCall<>(place, change, new TagVersions(), false, ChangeCall.UNTOLD);
        answered.accept(Answer.of(List.of(code)));
        return answered.hasWritten();
    }

    @Test
    void changeThatWasRefusedHasWrittenNothing() {
        Change<String> put = Change.put("new", Ttl.ETERNAL);

        assertThat(hasWritten(put.ifAbsent(), MISMATCH)).isFalse();
        assertThat(hasWritten(put.ifPresent(), ABSENT)).isFalse();
        assertThat(hasWritten(put.ifValue("old"), MISMATCH)).isFalse();
        assertThat(hasWritten(Change.<String>remove().ifValue("old"), ABSENT)).isFalse();
        assertThat(hasWritten(Change.touch(Ttl.ETERNAL), TOUCHED)).isFalse();
        assertThat(hasWritten(Change.touch(Ttl.EXPIRED), ABSENT)).isFalse();
    }

    @Test
    void changeThatPutsOrRemovesHasWritten() {
        Change<String> put = Change.put("new", Ttl.ETERNAL);

        assertThat(hasWritten(put.ifPresent(), UPDATED)).isTrue();
        assertThat(hasWritten(put, NOT_STORED)).isTrue();
        assertThat(hasWritten(Change.remove(), REMOVED)).isTrue();
        assertThat(hasWritten(Change.remove(), ABSENT)).isTrue();
        assertThat(hasWritten(Change.touch(Ttl.EXPIRED), TOUCHED)).isTrue();
    }

    @Test
    void whatWasTakenBackIsNotThereAnyMore() {
        call.accept(answer(damaged()));
        call.accept(Answer.of(List.of(REMOVED)));

        assertThat(call.hasWritten()).isTrue();
        assertThat(place.version()).containsOnly(0);
    }
}
