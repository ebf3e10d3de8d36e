package dev.larder.testkit;

import static dev.larder.testkit.RecordingStoreListener.Kind.EVICTED;
import static dev.larder.testkit.RecordingStoreListener.Kind.EXPIRED;
import static dev.larder.testkit.RecordingStoreListener.Kind.INVALIDATED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.store.Entry;
import dev.larder.testkit.RecordingStoreListener.News;
import org.junit.jupiter.api.Test;

class RecordingStoreListenerTest {

    private final RecordingStoreListener<String, String> listener = new RecordingStoreListener<>();

    @Test
    void remembersNewsInOrder() {
        Entry<String> dead = () -> "old";

        listener.expired("a", dead);
        listener.evicted("b");
        listener.invalidated("c");

        assertThat(listener.news())
                .containsExactly(
                        new News<>(EXPIRED, "a", dead),
                        new News<>(EVICTED, "b", null),
                        new News<>(INVALIDATED, "c", null));
    }

    @Test
    void tellsTheKeysOfOneKindAsOftenAsTheyWereTold() {
        listener.evicted("a");
        listener.expired("b", null);
        listener.evicted("a");

        assertThat(listener.keys(EVICTED)).containsExactly("a", "a");
    }
}
