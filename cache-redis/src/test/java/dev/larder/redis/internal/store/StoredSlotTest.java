package dev.larder.redis.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.store.Tags;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StoredSlotTest {

    private static final byte[] FRAME = {0x4C, (byte) 0xA7, 1, 2, 3};

    @Test
    void frameWithoutTagsIsStoredAsItIs() {
        byte[] stored = StoredSlot.bytes(FRAME, Tags.NONE);

        assertThat(stored).isSameAs(FRAME);
        assertThat(StoredSlot.of(stored).frame()).isSameAs(FRAME);
        assertThat(StoredSlot.of(stored).tags().isNone()).isTrue();
    }

    @Test
    void tagsComeBackWithTheirNumber() {
        Set<String> names = Set.of("red", "gr\u00fcn", "\ud83d\ude00");

        StoredSlot slot = StoredSlot.of(StoredSlot.bytes(FRAME, new Tags(names, 1L << 52)));

        assertThat(slot.frame()).isEqualTo(FRAME);
        assertThat(slot.tags()).isEqualTo(new Tags(names, 1L << 52));
    }

    @Test
    void mostAndLongestTagsFit() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < Tags.MOST; i++) {
            names.add(String.valueOf((char) ('\u4e00' + i)).repeat(Tags.LONGEST));
        }

        assertThat(StoredSlot.of(StoredSlot.bytes(FRAME, new Tags(names, 0)))
                        .tags()
                        .names())
                .isEqualTo(names);
    }

    @Test
    void leaseWithoutEntryHasNoFrame() {
        byte[] marker = new byte[37];
        marker[0] = 0x4C;
        marker[1] = (byte) 0xA8;
        marker[2] = 1;

        assertThat(StoredSlot.of(marker).frame()).isNull();
    }

    @Test
    void damagedHeadsAreNoMoreThanAFrameThatCannotBeRead() {
        Random random = new Random(7);
        byte[] good = StoredSlot.bytes(FRAME, new Tags(Set.of("red", "green"), 5));
        for (int round = 0; round < 100_000; round++) {
            byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 1));
            for (int i = random.nextInt(4); i > 0 && bad.length > 2; i--) {
                bad[2 + random.nextInt(bad.length - 2)] = (byte) random.nextInt();
            }

            StoredSlot slot = StoredSlot.of(bad);

            assertThat(slot.frame() == null || slot.version().length == Long.BYTES)
                    .isTrue();
        }
    }

    @Test
    void versionIsThatOfTheFrame() {
        byte[] frame = new byte[30];
        frame[10] = 1;
        frame[17] = 8;

        assertThat(Objects.requireNonNull(StoredSlot.of(frame)).version()).containsExactly(1, 0, 0, 0, 0, 0, 0, 8);
    }
}
