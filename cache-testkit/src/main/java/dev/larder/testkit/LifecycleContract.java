package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.larder.store.Change;
import dev.larder.store.Store;
import dev.larder.store.StoreTraits;
import dev.larder.store.Ttl;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a store begins and ends. */
abstract class LifecycleContract extends StoreFixture {

    private static final String KEY = "key";

    LifecycleContract(StoreContract contract) {
        super(contract);
    }

    /** A call that a closed store refuses. */
    enum Call {
        READ(store -> store.read(KEY)),
        READ_LATEST(store -> store.readLatest(KEY)),
        READ_AND_TOUCH(store -> store.readAndTouch(KEY, LONG_TTL)),
        READ_AND_TOUCH_UNCHANGED(store -> store.readAndTouch(KEY, Ttl.UNCHANGED)),
        READ_ALL(store -> store.readAll(Set.of(KEY), Ttl.UNCHANGED)),
        PUT(store -> store.write(KEY, Change.put("new", Ttl.ETERNAL))),
        PUT_IF_ABSENT(store -> store.write(KEY, Change.put("new", LONG_TTL).ifAbsent())),
        REMOVE(store -> store.write(KEY, Change.remove())),
        TOUCH(store -> store.write(KEY, Change.touch(LONG_TTL))),
        WRITE_ALL(store -> store.writeAll(Map.of(KEY, Change.remove()))),
        LEASE(store -> store.lease(KEY, null, LONG)),
        LEASE_TO_WRITE(store -> store.leaseToWrite(KEY, null, LONG)),
        LEASE_ALL(store -> store.leaseAll(Set.of(KEY), LONG)),
        SCAN(Store::scan),
        CLEAR(Store::clear),
        INVALIDATE_TAGS(store -> store.invalidateTags(Set.of("tag"))),
        ESTIMATED_SIZE(Store::estimatedSize),
        LISTEN(store -> store.listen(new RecordingStoreListener<>())),
        DESTROY(Store::destroy);

        @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
        private final Consumer<Store<String, String>> call;

        Call(Consumer<Store<String, String>> call) {
            this.call = call;
        }
    }

    private void assumeCan(Call call) {
        assumeTrue(call != Call.SCAN || store.traits().scans(), "the store does not scan");
        assumeTrue(call != Call.INVALIDATE_TAGS || store.traits().tags(), "the store knows no tags");
    }

    @ParameterizedTest
    @EnumSource
    void closedStoreRefusesEveryCall(Call call) {
        assumeCan(call);
        put(KEY, "value");
        store.close();

        assertThatThrownBy(() -> call.call.accept(store)).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DESTROY")
    void destroyedStoreRefusesEveryCall(Call call) {
        assumeCan(call);
        put(KEY, "value");
        store.destroy();

        assertThatThrownBy(() -> call.call.accept(store)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closedStoreNamesItsCache() {
        store.close();

        assertThatThrownBy(() -> store.read(KEY)).hasMessageContaining(context.name());
    }

    @Test
    void closingTwiceIsHarmless() {
        store.close();

        assertThatNoException().isThrownBy(store::close);
    }

    @Test
    void closingADestroyedStoreIsHarmless() {
        store.destroy();

        assertThatNoException().isThrownBy(store::close);
    }

    @Test
    void traitsAreAlwaysTheSame() {
        StoreTraits traits = store.traits();
        store.close();

        assertThat(store.traits()).isEqualTo(traits);
    }

    @Test
    void closedStoreTellsNoNews() {
        put(KEY, "value", shortTtl);
        store.close();

        advanceTo(ttl);
        settle();

        assertThat(listener.news()).isEmpty();
    }

    @Test
    void leaseOfAClosedStoreIsNotHeld() {
        assumeLeases();
        var lease = lease(KEY).requireLease();

        store.close();

        assertThat(lease.isHeld()).isFalse();
    }

    @Test
    void destroyedStoreIsEmptyWhenOpenedAgain() {
        put(KEY, "value");
        store.destroy();

        Store<String, String> again = open(context);

        assertThat(again.read(KEY)).isNull();
    }

    @Test
    void durableStoreKeepsItsEntriesThroughAClose() {
        assumeTrue(store.traits().durable(), "the store is not durable");
        put(KEY, "value");
        store.close();

        Store<String, String> again = open(context);

        assertThat(valueOf(again.read(KEY))).isEqualTo("value");
    }

    @Test
    void storesOfDifferentNamesShareNothing() {
        Store<String, String> other = openOther(String.class);
        other.write(KEY, Change.put("other", Ttl.ETERNAL));
        put(KEY, "value");

        other.destroy();

        assertThat(valueOf(KEY)).isEqualTo("value");
    }

    @Test
    void callsDuringACloseSucceedOrAreRefused() throws Exception {
        AtomicBoolean closed = new AtomicBoolean();

        Race.of(4).run(thread -> {
            if (thread == 0) {
                put(KEY, "value");
                store.close();
                closed.set(true);
                return;
            }
            boolean refused = false;
            while (!refused) {
                boolean closedBefore = closed.get();
                try {
                    put(KEY, "value", LONG_TTL);
                    store.read(KEY);
                    assertThat(closedBefore).as("answered after it was closed").isFalse();
                } catch (IllegalStateException expected) {
                    refused = true;
                }
            }
        });
    }
}
