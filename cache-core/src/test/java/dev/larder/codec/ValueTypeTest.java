package dev.larder.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValueTypeTest {

    @Test
    void nameHasTheTypeArguments() {
        ValueType<?> type = ValueType.of(new TypeRef<Map<String, ? extends List<int[]>>>() {});

        assertThat(type).hasToString("java.util.Map<java.lang.String,? extends java.util.List<int[]>>");
        assertThat(type.rawClass()).isEqualTo(Map.class);
        assertThat(type.isPlain()).isFalse();
    }

    @Test
    void nameOfAnArrayIsThatOfItsElements() {
        assertThat(ValueType.of(String[][].class)).hasToString("java.lang.String[][]");
        assertThat(ValueType.of(new TypeRef<List<String>[]>() {}).name())
                .isEqualTo("java.util.List<java.lang.String>[]");
        assertThat(ValueType.of(new TypeRef<List<String>[]>() {}).rawClass()).isEqualTo(List[].class);
    }

    @Test
    void fingerprintTellsTypeArgumentsApart() {
        ValueType<?> strings = ValueType.of(new TypeRef<List<String>>() {});
        ValueType<?> numbers = ValueType.of(new TypeRef<List<Long>>() {});

        assertThat(strings.fingerprint()).isNotEqualTo(numbers.fingerprint());
    }

    @Test
    void fingerprintIsOfTheName() {
        ValueType<String> one = ValueType.of(String.class).named("word");
        ValueType<Object> other = ValueType.of(Object.class).named("word");

        assertThat(one.fingerprint()).isEqualTo(other.fingerprint());
        assertThat(one).isNotEqualTo(other).isEqualTo(ValueType.of(String.class).named("word"));
    }

    /** Stored bytes depend on it. */
    @Test
    void fingerprintNeverChanges() {
        assertThat(ValueType.of(Object.class).fingerprint()).isEqualTo(0x1F0BBD53);
    }

    @Test
    void typeVariableIsRefused() {
        assertThatThrownBy(() -> ValueType.of(ValueTypeTest.<String>variable()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a type variable says nothing about the values: T");
    }

    @Test
    @SuppressWarnings("rawtypes") // that is what is refused
    void rawReferenceIsRefused() {
        assertThatThrownBy(() -> new TypeRef() {})
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a TypeRef needs its type");
    }

    @Test
    void blankNameIsRefused() {
        assertThatThrownBy(() -> ValueType.of(String.class).named(" "))
                .hasMessage("the name of java.lang.String must not be blank");
    }

    private static <T> TypeRef<List<T>> variable() {
        return new TypeRef<>() {};
    }
}
