package dev.larder.codec.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.larder.codec.CodecException;
import dev.larder.codec.CodecLimits;
import dev.larder.codec.Hex;
import dev.larder.codec.ValueType;
import dev.larder.codec.table.TableCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KeyTest {

    private static final int PAIRS = 1_000_000;

    private final EntryCodec<Object, Object> codec =
            CodecSettings.of(Object.class, Object.class).open("users", 2);

    @Test
    void exampleInTheDocumentationIsTrue() {
        assertThat(Hex.of(new KeySpace("shop", "users", 2).prefix()))
                .isEqualTo("4B" + "000473686F70" + "00057573657273" + "0000000000000002");
    }

    @Test
    void keyBeginsWithItsSpaceAndItsType() {
        assertThat(Hex.of(codec.key(1))).isEqualTo(Hex.of(codec.keyPrefix()) + "0C02");
    }

    @Test
    void numbersAndTextAreDifferentKeys() {
        assertThat(codec.key(1)).isNotEqualTo(codec.key(1L)).isNotEqualTo(codec.key("1"));
    }

    @Test
    void keyComesBack() {
        for (Object key : List.of(1, "k", new UUID(1, 2), List.of(1L, "x"), Set.of(1, 2))) {
            assertThat(codec.keyOf(codec.key(key))).isEqualTo(key);
        }
    }

    @Test
    void bytesThatAreNoKeyOfThisCacheAreNone() {
        byte[] key = codec.key(1);
        EntryCodec<String, Object> strings =
                CodecSettings.of(String.class, Object.class).open("users", 2);

        assertThat(codec.keyOf(codec.keyPrefix())).isNull();
        assertThat(codec.keyOf(new byte[0])).isNull();
        assertThat(codec.keyOf(Arrays.copyOf(key, key.length - 1))).isNull();
        assertThat(codec.keyOf(Arrays.copyOf(key, key.length + 1))).isNull();
        assertThat(codec.withEpoch(3).keyOf(key)).isNull();
        assertThat(strings.keyOf(key)).isNull();
        assertThat(codec.keyOf(Hex.bytes(Hex.of(codec.keyPrefix()) + "0037"))).isNull();
    }

    @Test
    void recordAndEnumAreKeysOfADeclaredType() {
        EntryCodec<Seat, Object> seats =
                CodecSettings.of(Seat.class, Object.class).open("seats", 0);
        EntryCodec<TimeUnit, Object> units =
                CodecSettings.of(TimeUnit.class, Object.class).open("units", 0);

        assertThat(seats.keyOf(seats.key(new Seat(1, "a")))).isEqualTo(new Seat(1, "a"));
        assertThat(seats.key(new Seat(1, "a")))
                .isEqualTo(seats.key(new Seat(1, "a")))
                .isNotEqualTo(seats.key(new Seat(1, "b")));
        assertThat(units.keyOf(units.key(TimeUnit.DAYS))).isEqualTo(TimeUnit.DAYS);
    }

    @Test
    void recordIsAKeyWhereItIsAllowed() {
        EntryCodec<Object, Object> allowing = CodecSettings.builder(
                        ValueType.of(Object.class), ValueType.of(Object.class))
                .allow("seat", Seat.class)
                .build()
                .open("seats", 0);

        assertThat(allowing.keyOf(allowing.key(List.of(new Seat(1, "a"))))).isEqualTo(List.of(new Seat(1, "a")));
        assertThatThrownBy(() -> codec.key(new Seat(1, "a")))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("cache \"users\"")
                .hasMessageContaining("allow");
    }

    /** Otherwise all of its keys would be one, and hand out each other's values. */
    @Test
    void keyThatLeavesAFieldOutIsRefused() {
        EntryCodec<Forgetful, Object> forgetful =
                CodecSettings.of(Forgetful.class, Object.class).open("c", 0);

        assertThatThrownBy(() -> forgetful.key(new Forgetful(1, "lost")))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("does not come back equal")
                .hasMessageNotContaining("lost");
    }

    @Test
    void keyThatChangesTypeInAFieldIsRefused() {
        EntryCodec<Loose, Object> loose =
                CodecSettings.of(Loose.class, Object.class).open("c", 0);

        assertThat(loose.keyOf(loose.key(new Loose(1)))).isEqualTo(new Loose(1));
        assertThatThrownBy(() -> loose.key(new Loose(1L))).hasMessageContaining("does not come back equal");
    }

    @Test
    void namesThatAreNoUnicodeAreRefused() {
        assertThatThrownBy(() -> new KeySpace("", "half \uD800", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the name of a cache must be proper Unicode");
        assertThatThrownBy(() -> new KeySpace("n".repeat(65_536), "c", 0))
                .hasMessage("the name of a namespace must not take more than 65535 bytes");
    }

    @Test
    void halvesOfSurrogatePairsAreDifferentKeys() {
        assertThat(List.of("\uD800", "\uD801", "?", "\uFFFD"))
                .extracting(key -> Hex.of(codec.key(key)))
                .doesNotHaveDuplicates();
    }

    /** Two places that were made by chance, and then more alike than chance would make them. */
    @Test
    void noKeyOfOneCacheIsAKeyOfAnother() {
        long seed = Long.getLong("larder.seed", 20_261_123L);
        Places places = new Places(seed);
        for (int i = 0; i < PAIRS; i++) {
            Place one = places.next();
            Place other = places.like(one);
            if (Arrays.equals(one.bytes(), other.bytes()) != one.equals(other)) {
                throw new AssertionError(one + " and " + other + ", seed " + seed);
            }
        }
    }

    /** A key with all that it is in. */
    private record Place(KeySpace space, Object key) {

        private static final KeyCodec<Object> KEYS =
                new KeyCodec<>(TableCodec.builder().buildForKeys(null), null, Object.class, CodecLimits.standard());

        byte[] bytes() {
            return KEYS.encode(space.prefix(), key);
        }
    }

    /** Makes places of few letters and numbers, so that they come close. */
    private static final class Places {

        private static final String[] LETTERS = {
            "", "a", "b", "\0", "\u0001", "K", ":", "/", "aa", "\u0004a", "\uD83D\uDE00"
        };

        private final Random random;

        Places(long seed) {
            this.random = new Random(seed);
        }

        Place next() {
            return new Place(new KeySpace(name(), name(), random.nextInt(3)), key(2));
        }

        /** The same but for one part, or with a letter moved from one name into the next, or another by chance. */
        Place like(Place place) {
            KeySpace space = place.space();
            return switch (random.nextInt(6)) {
                case 0 -> new Place(new KeySpace(name(), space.cache(), space.epoch()), place.key());
                case 1 -> new Place(new KeySpace(space.namespace(), name(), space.epoch()), place.key());
                case 2 -> new Place(space, key(2));
                case 3 -> new Place(moved(space), place.key());
                case 4 -> new Place(space.withEpoch(random.nextInt(3)), place.key());
                default -> next();
            };
        }

        private static KeySpace moved(KeySpace space) {
            String both = space.namespace() + space.cache();
            int cut = Math.min(both.length(), space.namespace().length() + 1);
            boolean splitsAPair = cut < both.length() && Character.isLowSurrogate(both.charAt(cut));
            return splitsAPair ? space : new KeySpace(both.substring(0, cut), both.substring(cut), space.epoch());
        }

        private String name() {
            return LETTERS[random.nextInt(LETTERS.length)] + LETTERS[random.nextInt(LETTERS.length)];
        }

        private Object key(int depth) {
            return switch (random.nextInt(depth == 0 ? 6 : 8)) {
                case 0 -> random.nextInt(4) - 2;
                case 1 -> (long) random.nextInt(4) - 2;
                case 2 -> (short) random.nextInt(4);
                case 3 -> Boolean.valueOf(random.nextBoolean());
                case 4, 5 -> name();
                case 6 -> List.of(key(depth - 1), key(depth - 1));
                default -> set(depth - 1);
            };
        }

        private Object set(int depth) {
            List<Object> elements = new ArrayList<>(List.of(key(depth), key(depth), key(depth)));
            return random.nextBoolean() ? new HashSet<>(elements) : new LinkedHashSet<>(elements);
        }
    }

    public record Seat(int row, String letter) {}

    public record Forgetful(int kept, @JsonIgnore String lost) {}

    public record Loose(Object any) {}
}
