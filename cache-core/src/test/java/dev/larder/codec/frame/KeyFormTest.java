package dev.larder.codec.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.codec.CodecException;
import dev.larder.codec.Hex;
import dev.larder.codec.KeyForm;
import dev.larder.codec.ValueType;
import dev.larder.copy.ValueCopier;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Keys of a class that is nothing but its parts. */
class KeyFormTest {

    private static final CodecSettings<Object, Object> PLAIN = CodecSettings.of(Object.class, Object.class);

    private final EntryCodec<Object, Object> codec =
            PLAIN.withKeyForm(new CallForm()).open("calls", 0);

    /** A key, not Serializable, that neither Jackson nor a copier would know what to do with. */
    private static final class Call {

        private final List<@Nullable Object> parts;

        Call(@Nullable Object... parts) {
            this.parts = Collections.unmodifiableList(Arrays.asList(parts));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Call call && call.parts.equals(parts);
        }

        @Override
        public int hashCode() {
            return parts.hashCode();
        }
    }

    private static final class CallForm implements KeyForm<Call> {

        @Override
        public Class<Call> type() {
            return Call.class;
        }

        @Override
        public @Nullable Object[] partsOf(Call key) {
            return key.parts.toArray();
        }

        @Override
        public Call of(@Nullable Object[] parts) {
            return new Call(parts);
        }
    }

    /** Other JVMs and later versions must find it again. */
    @Test
    void itsBytesAreItsPartsAndNeverChange() {
        byte[] key = codec.key(new Call("a", 1, null));

        assertThat(Hex.of(key)).isEqualTo(Hex.of(codec.keyPrefix()) + "05" + "03" + "140161" + "0C02" + "01");
    }

    @Test
    void itComesBackEqual() {
        Call key = new Call(
                "a", 1L, null, new UUID(1, 2), LocalDate.EPOCH, Set.of(1, 2), List.of("x"), new Call(true, 'c'));

        assertThat(codec.keyOf(codec.key(key))).isEqualTo(key);
    }

    @Test
    void itIsAnotherKeyThanAListOfItsParts() {
        assertThat(codec.key(new Call("a"))).isNotEqualTo(codec.key(List.of("a")));
    }

    @Test
    void declaredTypeNeedsNoCodecOfItsOwn() {
        EntryCodec<Call, Object> declared = CodecSettings.of(Call.class, Object.class)
                .withKeyForm(new CallForm())
                .open("calls", 0);

        assertThat(declared.keyOf(declared.key(new Call("a")))).isEqualTo(new Call("a"));
    }

    @Test
    void partThatTheTableDoesNotHoldIsRefusedByItsPlaceAndClass() {
        assertThatThrownBy(() -> codec.key(new Call("a", TimeUnit.DAYS)))
                .isInstanceOfSatisfying(
                        CodecException.class, e -> assertThat(e.isAboutKey()).isTrue())
                .hasMessageContaining("cache \"calls\"")
                .hasMessageContaining("part 2")
                .hasMessageContaining(TimeUnit.class.getName());
    }

    @Test
    void partOfAnAllowedClassIsHeld() {
        EntryCodec<Object, Object> allowing = CodecSettings.builder(
                        ValueType.of(Object.class), ValueType.of(Object.class))
                .allow("unit", TimeUnit.class)
                .build()
                .withKeyForm(new CallForm())
                .open("calls", 0);

        assertThat(allowing.keyOf(allowing.key(new Call(TimeUnit.DAYS)))).isEqualTo(new Call(TimeUnit.DAYS));
    }

    @Test
    void bytesOfSuchAKeyAreNoneWhereNobodyKnowsTheForm() {
        byte[] key = codec.key(new Call("a"));

        assertThat(PLAIN.open("calls", 0).keyOf(key)).isNull();
    }

    @Test
    void failureOfAValueIsNotAboutAKey() {
        assertThatThrownBy(() -> codec.payload(new Call("a")))
                .isInstanceOfSatisfying(
                        CodecException.class, e -> assertThat(e.isAboutKey()).isFalse());
    }

    @Test
    void copierSharesAKeyOfImmutablePartsAndCopiesAnother() {
        ValueCopier copier = ValueCopier.builder(getClass().getClassLoader())
                .keyForm(new CallForm())
                .build();
        Call immutable = new Call("a", 1, null);
        Call mutable = new Call("a", new ArrayList<>(List.of(1)));

        assertThat(copier.copy(immutable)).isSameAs(immutable);
        assertThat(copier.copy(mutable)).isEqualTo(mutable).isNotSameAs(mutable);
        assertThat(((Call) copier.copy(mutable)).parts.get(1)).isNotSameAs(mutable.parts.get(1));
    }
}
