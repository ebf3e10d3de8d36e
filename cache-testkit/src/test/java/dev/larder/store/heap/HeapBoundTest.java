package dev.larder.store.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.store.Change;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.store.Ttl;
import dev.larder.testkit.FakeTime;
import org.junit.jupiter.api.Test;

/** The smallest bounds and weights that are allowed. */
class HeapBoundTest {

    @Test
    void storeOfNoEntriesKeepsNone() {
        Store<String, String> store = open(HeapStore.ofMaximumSize(0));

        store.write("key", Change.put("value", Ttl.ETERNAL));

        await().untilAsserted(() -> assertThat(store.read("key")).isNull());
    }

    @Test
    void storeOfNoWeightKeepsOnlyWhatWeighsNothing() {
        Weigher<String, String> length = (key, value) -> value.length();
        Store<String, String> store = open(HeapStore.ofMaximumWeight(0, length));

        store.write("weightless", Change.put("", Ttl.ETERNAL));
        store.write("heavy", Change.put("value", Ttl.ETERNAL));

        await().untilAsserted(() -> assertThat(store.read("heavy")).isNull());
        assertThat(store.read("weightless")).isNotNull();
    }

    private static Store<String, String> open(StoreFactory factory) {
        FakeTime time = new FakeTime();
        return factory.open(StoreContext.of("test", String.class, String.class)
                .withTime(time, time)
                .withExecutor(Runnable::run));
    }
}
