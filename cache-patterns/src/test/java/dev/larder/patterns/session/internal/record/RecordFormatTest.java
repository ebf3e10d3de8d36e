package dev.larder.patterns.session.internal.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordFormatTest {

    private static final long NOON = Instant.parse("2026-11-27T12:00:00Z").toEpochMilli();
    private static final SessionRecord EXAMPLE = new SessionRecord(
            false,
            7,
            Times.begun(NOON, Duration.ofMinutes(30).toMillis(), Times.NEVER),
            Map.of("user", "ann"),
            Map.of("a", new byte[] {(byte) 0xCA, (byte) 0xFE}));

    /** The example in the class comment, but for the checksum. */
    @Test
    void exampleIsWrittenAsDocumented() {
        String noon = "000001A21CE06E00";

        String hex = HexFormat.of().withUpperCase().formatHex(RecordFormat.encode(EXAMPLE));

        assertThat(hex)
                .startsWith("4C53" + "01" + "01" + "07" + noon + noon + "C0EE6D" + "7FFFFFFFFFFFFFFF" + noon + noon
                        + "01" + "0475736572" + "03616E6E" + "01" + "0161" + "02CAFE");
    }

    @Test
    void whatIsWrittenIsRead() throws DamagedBytesException {
        SessionRecord read = (SessionRecord) RecordFormat.decode(RecordFormat.encode(EXAMPLE));

        assertThat(read.times()).isEqualTo(EXAMPLE.times());
        assertThat(read.version()).isEqualTo(7);
        assertThat(read.indexes()).isEqualTo(EXAMPLE.indexes());
        assertThat(read.attributes().get("a")).containsExactly(0xCA, 0xFE);
        Tombstone tombstone = new Tombstone(5, 0, "key");
        assertThat(RecordFormat.decode(RecordFormat.encode(tombstone))).isEqualTo(tombstone);
    }

    @Test
    void eachDamageIsNoticed() {
        byte[] whole = RecordFormat.encode(EXAMPLE);
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 4;
            byte[] cut = Arrays.copyOf(whole, i);
            assertThatThrownBy(() -> RecordFormat.decode(damaged)).isInstanceOf(DamagedBytesException.class);
            assertThatThrownBy(() -> RecordFormat.decode(cut)).isInstanceOf(DamagedBytesException.class);
        }
    }

    /** Also with a checksum that is right, as one who may write to the store would make it. */
    @Test
    void noBytesDoAnythingElseThanBeRefused() {
        Random random = new Random(3);
        byte[] whole = RecordFormat.encode(EXAMPLE);
        for (int i = 0; i < 20_000; i++) {
            byte[] body = Arrays.copyOf(whole, 4 + random.nextInt(whole.length - 8));
            body[3 + random.nextInt(body.length - 3)] = (byte) random.nextInt();
            byte[] bytes = RecordFormat.sealed(body);
            try {
                assertThat(RecordFormat.decode(bytes)).isNotNull();
            } catch (DamagedBytesException expected) {
                assertThat(expected).hasMessageNotContaining(new String(body, StandardCharsets.ISO_8859_1));
            }
        }
    }
}
