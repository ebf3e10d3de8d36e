package dev.larder.store.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.store.Change;
import dev.larder.store.Outcome;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.Ttl;
import dev.larder.store.guard.FlakyStore.Mood;
import dev.larder.store.heap.HeapStore;
import dev.larder.testkit.FakeTime;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A store of which one part fails, or that fails in a way of its own, while keys are pending. */
class PartlyFailingStoreTest {

    private static final int FAILING = 20;

    private final FakeTime time = new FakeTime();
    private final FlakyStore flaky = new FlakyStore();
    private final StoreContext<String, String> context = StoreContext.of("users", String.class, String.class)
            .withTime(time, time)
            .withExecutor(Runnable::run);
    private final Store<String, String> heap = HeapStore.unbounded().open(context);
    private final AtomicInteger refusals = new AtomicInteger();
    private final GuardedStore<String, String> store =
            new GuardedStore<>(partly(flaky.over(heap)), context, OnStoreFailure.DEGRADE);

    private static Change<String> put() {
        return Change.put("v", Ttl.ETERNAL).orInvalidate();
    }

    /** Writes to keys that begin with an x fail. */
    @SuppressWarnings("unchecked") // the proxy passes on what the store gives
    private Store<String, String> partly(Store<String, String> whole) {
        return (Store<String, String>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("write")) {
                        String key = (String) arguments[0];
                        return write(whole, key, (Change<String>) arguments[1]);
                    }
                    return method.invoke(whole, arguments);
                });
    }

    private Outcome<String> write(Store<String, String> whole, String key, Change<String> change) {
        if (key.startsWith("x")) {
            refusals.incrementAndGet();
            throw new StoreException("this part is down", Applied.NO, null);
        }
        return whole.write(key, change);
    }

    /** The tooth: they are more than it takes to stop all calls. */
    @Test
    void keysOfThePartThatAnswersAreRemovedThoughOthersCannotBe() {
        flaky.turn(Mood.DOWN);
        store.write("healthy", put());
        IntStream.range(0, FAILING).forEach(i -> store.write("x" + i, put()));
        flaky.turn(Mood.WELL);
        heap.write("healthy", put());

        IntStream.range(0, 300).forEach(i -> time.advance(Duration.ofMillis(500)));

        assertThat(heap.read("healthy")).isNull();
        assertThat(store.status().pendingInvalidations()).isEqualTo(FAILING);
    }

    @Test
    void allAreNotTriedOnceCallsAreStopped() {
        IntStream.range(0, FAILING).forEach(i -> store.write("x" + i, put()));
        time.advance(Duration.ofMillis(500));
        refusals.set(0);

        time.advance(Duration.ofMillis(500));

        assertThat(refusals).hasValueLessThan(FAILING);
        assertThat(store.status().pendingInvalidations()).isEqualTo(FAILING);
    }

    @Test
    void whatNoStoreShouldThrowDoesNotEndTheRemovals() {
        flaky.turn(Mood.DOWN);
        store.write("k", put());
        flaky.turnTo(() -> new UnsupportedOperationException("not now"));
        time.advance(Duration.ofSeconds(1));
        flaky.turn(Mood.WELL);

        time.advance(Duration.ofSeconds(2));

        assertThat(store.status().pendingInvalidations()).isZero();
    }
}
