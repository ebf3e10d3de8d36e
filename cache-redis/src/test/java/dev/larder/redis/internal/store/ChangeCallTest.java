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
}
