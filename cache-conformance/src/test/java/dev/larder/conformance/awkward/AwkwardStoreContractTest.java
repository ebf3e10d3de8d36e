package dev.larder.conformance.awkward;

import dev.larder.store.Store;
import dev.larder.store.StoreFactory;
import dev.larder.testkit.StoreContract;
import java.time.Duration;
import java.util.UUID;

class AwkwardStoreContractTest extends StoreContract {

    private final String server = "contract-" + UUID.randomUUID();

    AwkwardStoreContractTest() {
        AwkwardServer.named(server).liveBy(time());
    }

    @Override
    protected StoreFactory factory() {
        return new AwkwardProvider.Factory(server);
    }

    @Override
    protected void advance(Store<?, ?> store, Duration duration) {
        time().advance(duration);
    }
}
