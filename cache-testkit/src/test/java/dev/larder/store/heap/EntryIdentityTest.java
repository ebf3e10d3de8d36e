package dev.larder.store.heap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.store.Change;
import dev.larder.store.Entry;
import dev.larder.store.Outcome.Effect;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.Ttl;
import dev.larder.testkit.FakeTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which entry is "still this one" once an eternal entry got a deadline and another object stands for it. */
class EntryIdentityTest {
    private static final Ttl MINUTE = Ttl.of(Duration.ofMinutes(1));

    private final FakeTime time = new FakeTime();
    private final Store<String, String> store = HeapStore.unbounded()
            .open(StoreContext.of("test", String.class, String.class)
                    .withTime(time, time)
                    .withExecutor(Runnable::run));

    @Test
    void entryThatGotADeadlineIsStillTheOneThatWasRead() {
        store.write("key", Change.put("value", Ttl.ETERNAL));
        Entry<String> read = store.read("key");
        store.readAndTouch("key", MINUTE);

        assertThat(store.write("key", Change.put("new", Ttl.ETERNAL).ifUnchanged(read))
                        .effect())
                .isEqualTo(Effect.UPDATED);
    }

    @Test
    void entryThatGotADeadlineIsNotTheOneThatItReplaced() {
        store.write("key", Change.put("old", Ttl.ETERNAL));
        Entry<String> replaced = store.read("key");
        store.write("key", Change.put("value", Ttl.ETERNAL));
        store.readAndTouch("key", MINUTE);

        assertThat(store.write("key", Change.put("new", Ttl.ETERNAL).ifUnchanged(replaced))
                        .effect())
                .isEqualTo(Effect.MISMATCH);
        assertThat(store.read("key").value()).isEqualTo("value");
    }
}
