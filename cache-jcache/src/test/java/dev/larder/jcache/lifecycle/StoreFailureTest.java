package dev.larder.jcache.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.fixture.CacheMaker;
import dev.larder.jcache.fixture.ForwardingStore;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreException;
import dev.larder.store.StoreFactory;
import dev.larder.store.StoreListener;
import dev.larder.store.StoreTraits;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(300)
class StoreFailureTest {

    private final CacheMaker maker = new CacheMaker();
    private final AtomicInteger closings = new AtomicInteger();

    @AfterEach
    void close() {
        maker.close();
    }

    /** When a store fails. */
    enum Moment {
        TRAITS,
        LISTEN
    }

    @ParameterizedTest
    @EnumSource
    void storeThatFailsWhileItsCacheIsMadeIsClosed(Moment moment) {
        StoreFactory failing = new StoreFactory() {
            @Override
            public <K, V> Store<K, V> open(StoreContext<K, V> context) {
                return new ForwardingStore<>(context) {
                    @Override
                    public StoreTraits traits() {
                        fail(Moment.TRAITS);
                        return super.traits();
                    }

                    @Override
                    public void listen(StoreListener<K, V> listener) {
                        fail(Moment.LISTEN);
                        super.listen(listener);
                    }

                    private void fail(Moment here) {
                        if (here == moment) {
                            throw new StoreException("gone", StoreException.Applied.NO, null);
                        }
                    }

                    @Override
                    public void close() {
                        closings.incrementAndGet();
                        super.close();
                    }
                };
            }
        };

        assertThatThrownBy(() -> maker.make(CacheMaker.strings().store(failing)))
                .isInstanceOf(CacheException.class)
                .hasMessageMatching("cache \".*\": gone");

        assertThat(closings).hasValue(1);
        assertThat(maker.manager().getCacheNames()).isEmpty();
    }

    @Test
    void storesThatCannotBeClosedKeepNoManagerOpen() {
        StoreFactory stuck = new StoreFactory() {
            @Override
            public <K, V> Store<K, V> open(StoreContext<K, V> context) {
                return new ForwardingStore<>(context) {
                    @Override
                    public void close() {
                        super.close();
                        throw new StoreException("stuck", StoreException.Applied.UNKNOWN, null);
                    }
                };
            }
        };
        List<CacheManager> managers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            CacheManager manager = maker.provider().getCacheManager(URI.create("larder:stuck-" + i), null);
            manager.createCache("c", CacheMaker.strings().store(stuck).build());
            managers.add(manager);
        }

        assertThatThrownBy(() -> maker.provider().close()).hasMessageEndingWith("stuck");

        assertThat(managers).allMatch(CacheManager::isClosed);
    }
}
