package dev.larder.codec.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.codec.UnreadableReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnreadableCountsTest {

    private static final Logger LOGGER = Logger.getLogger(UnreadableCounts.class.getName());

    private final UnreadableCounts counts = new UnreadableCounts("users");
    private final List<String> lines = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            lines.add(record.getLevel() + " " + record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOGGER.setUseParentHandlers(false);
        LOGGER.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        LOGGER.removeHandler(handler);
        LOGGER.setUseParentHandlers(true);
    }

    @Test
    void eachReasonIsLoggedOnceAndCountedEachTime() {
        counts.count(UnreadableReason.OTHER_CODEC);
        counts.count(UnreadableReason.OTHER_CODEC);
        counts.count(UnreadableReason.KEY_MISSING);

        assertThat(counts.snapshot())
                .isEqualTo(Map.of(UnreadableReason.OTHER_CODEC, 2L, UnreadableReason.KEY_MISSING, 1L));
        assertThat(lines)
                .containsExactly(
                        "WARNING cache \"users\": what its store has for a key is no value of this cache: OTHER_CODEC;"
                                + " it counts as missing; set the same codec in all applications that share the cache;"
                                + " further ones are counted, and not logged",
                        "WARNING cache \"users\": what its store has for a key is no value of this cache: KEY_MISSING;"
                                + " it counts as missing; add the key that it was encrypted with, unless that was given up;"
                                + " further ones are counted, and not logged");
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonSaysWhatToDo(UnreadableReason reason) {
        counts.count(reason);

        assertThat(lines).singleElement().asString().contains(reason.name()).contains(reason.advice());
    }

    @Test
    void neitherKeyNorValueIsLogged() {
        EntryCodec<String, String> codec =
                CodecSettings.of(String.class, String.class).open("users", 1);
        byte[] key = codec.key("secret key");
        byte[] frame = codec.frame(key, "secret value", 1);
        frame[frame.length - 1]++;

        codec.read(key, frame);
        codec.read(key, "secret bytes that are none".getBytes(StandardCharsets.UTF_8));

        assertThat(lines).hasSize(2).allSatisfy(line -> assertThat(line).doesNotContain("secret"));
    }
}
