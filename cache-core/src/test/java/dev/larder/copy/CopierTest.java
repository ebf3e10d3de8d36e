package dev.larder.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopierTest {

    @Test
    void identitySharesEveryValue() {
        List<String> value = new ArrayList<>();

        assertThat(Copier.<List<String>>identity().copy(value)).isSameAs(value);
        assertThat(Copier.identity().isIdentity()).isTrue();
    }

    @Test
    void ownCopierIsNotTakenForIdentity() {
        Copier<String> copier = value -> value;

        assertThat(copier.isIdentity()).isFalse();
    }
}
