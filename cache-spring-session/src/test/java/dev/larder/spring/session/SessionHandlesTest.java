package dev.larder.spring.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class SessionHandlesTest {

    private static final String KEY = "Jt3MKzfXhWCbZs0nTmcwzXbWk1lyMB7t7F3dFqQpDmE";

    private final SessionHandles handles = new SessionHandles(new SecureRandom());

    @Test
    void handleLeadsBackToItsKey() {
        assertThat(handles.keyOf(handles.handleOf(KEY))).isEqualTo(KEY);
    }

    @Test
    void handleIsTheSameEachTime() {
        assertThat(handles.handleOf(KEY)).isEqualTo(handles.handleOf(KEY));
    }

    @Test
    void handleIsNoIdAndNoIdIsAHandle() {
        assertThat(SessionHandles.isHandle(handles.handleOf(KEY))).isTrue();
        assertThat(SessionHandles.isHandle(KEY)).isFalse();
    }

    @Test
    void handleOfAnotherProcessIsNone() {
        SessionHandles others = new SessionHandles(new SecureRandom());

        assertThat(handles.keyOf(others.handleOf(KEY))).isNull();
    }

    @Test
    void whoKnowsTheKeyAloneHasNoHandle() {
        String handle = handles.handleOf(KEY);

        assertThat(handles.keyOf(KEY + ".")).isNull();
        assertThat(handles.keyOf(KEY + "." + KEY)).isNull();
        assertThat(handles.keyOf(handle + "A")).isNull();
        assertThat(handles.keyOf("." + handle)).isNull();
        assertThat(handles.keyOf("A" + handle.substring(1))).isNull();
        assertThat(handles.keyOf("...")).isNull();
    }
}
