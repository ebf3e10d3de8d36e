package dev.larder.conformance.shared;

import dev.larder.conformance.awkward.AwkwardProvider;
import dev.larder.conformance.awkward.AwkwardServer;
import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.provider.LarderCachingProvider;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.store.guard.OnStoreFailure;
import dev.larder.testkit.FakeTime;
import java.net.URI;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.cache.spi.CachingProvider;

/** Several managers, each of which stands for a JVM, over one awkward server, whose time is moved by hand. */
final class Fleet implements AutoCloseable {

    private final String name = "fleet-" + UUID.randomUUID();
    private final FakeTime serverTime = new FakeTime();
    private final AwkwardServer server = AwkwardServer.named(name);
    private final CachingProvider provider = new LarderCachingProvider();
    private int members;

    /** Wraps the stores that members open. */
    @FunctionalInterface
    interface Wrapping {
        <K, V> Store<K, V> wrap(Store<K, V> store);
    }

    /** Opens awkward stores in a wrapping. */
    private record Wrapped(String server, Wrapping wrapping) implements StoreFactory {
        @Override
        public <K, V> Store<K, V> open(StoreContext<K, V> context) {
            return wrapping.wrap(new AwkwardProvider.Factory(server).open(context));
        }
    }

    Fleet() {
        server.liveBy(serverTime);
    }

    AwkwardServer server() {
        return server;
    }

    FakeTime serverTime() {
        return serverTime;
    }

    /** Opens the cache that all members share in one more of them. */
    <K, V> LarderCache<K, V> join(
            Class<K> keyType,
            Class<V> valueType,
            Wrapping wrapping,
            UnaryOperator<CacheSettings.Builder<K, V>> settings) {
        CacheSettings<K, V> all = settings.apply(CacheSettings.builder(keyType, valueType)
                        .store(new Wrapped(name, wrapping))
                        .onStoreFailure(OnStoreFailure.FAIL))
                .build();
        URI uri = URI.create("fleet:" + name + "/" + members++);
        return LarderCache.of(
                provider.getCacheManager(uri, getClass().getClassLoader()).createCache("shared", all));
    }

    @Override
    public void close() {
        provider.close();
        AwkwardServer.forget(name);
    }
}
