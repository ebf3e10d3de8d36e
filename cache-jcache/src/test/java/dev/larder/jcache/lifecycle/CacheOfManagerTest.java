package dev.larder.jcache.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.LarderCache;
import dev.larder.jcache.fixture.CacheMaker;
import dev.larder.jcache.fixture.ForwardingStore;
import dev.larder.jcache.fixture.Parallel;
import dev.larder.jcache.lifecycle.Customisation.Makers;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreException;
import dev.larder.store.StoreFactory;
import dev.larder.store.StoreTraits;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class CacheOfManagerTest {

    private final CacheMaker maker = new CacheMaker();
    private final CacheManager manager = maker.manager();

    @AfterEach
    void close() {
        maker.close();
    }

    @Test
    void secondCacheOfANameIsRefusedAndLeavesTheFirst() {
        Makers makers = new Makers();
        Cache<String, String> first =
                manager.createCache("users", CacheMaker.strings().build());
        first.put("k", "v");

        assertThatThrownBy(() -> manager.createCache("users", makers.settings().build()))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("\"users\" exists already");

        assertThat((Object) manager.getCache("users")).isSameAs(first);
        assertThat(first.get("k")).isEqualTo("v");
        assertThat(makers.roles()).isEmpty();
    }

    @Test
    void onlyOneOfManyThreadsCreatesACache() throws Exception {
        AtomicInteger created = new AtomicInteger();
        try (Parallel parallel = new Parallel()) {
            parallel.run(8, thread -> {
                try {
                    manager.createCache("contended", CacheMaker.strings().build());
                    created.incrementAndGet();
                } catch (CacheException e) {
                    assertThat(e).hasMessageContaining("\"contended\" exists already");
                }
            });
        }

        assertThat(created).hasValue(1);
        assertThat(manager.getCacheNames()).containsExactly("contended");
    }

    @Test
    void cacheThatWasDestroyedAndCreatedAgainIsEmpty() {
        Cache<String, String> destroyed =
                manager.createCache("users", CacheMaker.strings().build());
        destroyed.put("k", "v");

        manager.destroyCache("users");
        Cache<String, String> next =
                manager.createCache("users", CacheMaker.strings().build());

        assertThat(destroyed.isClosed()).isTrue();
        assertThat(next).isNotSameAs(destroyed);
        assertThat(next.containsKey("k")).isFalse();
    }

    @Test
    void closingACacheLateLeavesItsSuccessor() {
        Cache<String, String> destroyed =
                manager.createCache("users", CacheMaker.strings().build());
        manager.destroyCache("users");
        Cache<String, String> next =
                manager.createCache("users", CacheMaker.strings().build());

        destroyed.close();

        assertThat((Object) manager.getCache("users")).isSameAs(next);
        assertThat(next.isClosed()).isFalse();
    }

    @Test
    void closedCacheIsNotGivenOutAnyMore() {
        Cache<String, String> cache =
                manager.createCache("users", CacheMaker.strings().build());

        cache.close();

        assertThat((Object) manager.getCache("users")).isNull();
        assertThat(manager.getCacheNames()).isEmpty();
    }

    @Test
    void destroyingWhatIsNotThereChangesNothing() {
        manager.destroyCache("nobody");

        assertThat(manager.isClosed()).isFalse();
    }

    @Test
    void getWithOtherTypesIsRefusedWithBoth() {
        manager.createCache("users", CacheMaker.strings().build());

        assertThatThrownBy(() -> manager.getCache("users", Integer.class, String.class))
                .isInstanceOf(ClassCastException.class)
                .hasMessage("cache \"users\" has keys of type java.lang.String, not java.lang.Integer");
        assertThatThrownBy(() -> manager.getCache("users", String.class, Object.class))
                .isInstanceOf(ClassCastException.class)
                .hasMessage("cache \"users\" has values of type java.lang.String, not java.lang.Object");
        assertThat((Object) manager.getCache("users", String.class, String.class))
                .isSameAs(manager.getCache("users"));
    }

    @Test
    void cacheWithoutDeclaredTypesIsOneOfObjects() {
        manager.createCache("anything", new MutableConfiguration<>());

        assertThat((Object) manager.getCache("anything", Object.class, Object.class))
                .isNotNull();
        assertThatThrownBy(() -> manager.getCache("anything", String.class, Object.class))
                .isInstanceOf(ClassCastException.class);
    }

    @Test
    void namesAreASnapshot() {
        manager.createCache("one", CacheMaker.strings().build());
        Iterable<String> names = manager.getCacheNames();

        manager.createCache("two", CacheMaker.strings().build());

        assertThat(names).containsExactly("one");
        assertThat(manager.getCacheNames()).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void storeThatCannotBeOpenedIsToldWithTheNameOfTheCache() {
        Makers makers = new Makers();
        StoreException failure = new StoreException("no server at home", StoreException.Applied.NO, null);
        StoreFactory factory = new StoreFactory() {
            @Override
            public <K, V> Store<K, V> open(StoreContext<K, V> context) {
                throw failure;
            }
        };

        assertThatThrownBy(() -> manager.createCache(
                        "remote", makers.settings().store(factory).build()))
                .isInstanceOf(CacheException.class)
                .hasMessage("cache \"remote\": no server at home")
                .hasCause(failure);

        assertThat(makers.closings())
                .hasSize(3)
                .allSatisfy((role, closings) -> assertThat(closings).isEqualTo(1));
        assertThat(manager.getCacheNames()).isEmpty();
    }

    @Test
    void storeOfACacheThatIsRefusedIsClosed() {
        Makers makers = new Makers();
        AtomicInteger closings = new AtomicInteger();
        StoreFactory factory = new StoreFactory() {
            @Override
            public <K, V> Store<K, V> open(StoreContext<K, V> context) {
                return new SharedStore<>(context, closings);
            }
        };

        assertThatThrownBy(() -> manager.createCache(
                        "remote", makers.settings().store(factory).build()))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("\"remote\"")
                .hasMessageContaining("maxStale");

        assertThat(closings).hasValue(1);
        assertThat(makers.closings())
                .hasSize(3)
                .allSatisfy((role, each) -> assertThat(each).isEqualTo(1));
        assertThat(manager.getCacheNames()).isEmpty();
    }

    private static final class SharedStore<K, V> extends ForwardingStore<K, V> {

        private final AtomicInteger closings;

        SharedStore(StoreContext<K, V> context, AtomicInteger closings) {
            super(context);
            this.closings = closings;
        }

        @Override
        public StoreTraits traits() {
            StoreTraits traits = super.traits();
            return new StoreTraits(
                    traits.durable(), true, traits.copiesValues(), traits.scans(), traits.expiryNews(), false);
        }

        @Override
        public void close() {
            super.close();
            closings.incrementAndGet();
        }
    }

    @Test
    void storeIsDestroyedWithTheCacheAndOnlyClosedOtherwise() {
        AtomicInteger destroyings = new AtomicInteger();
        StoreFactory factory = new StoreFactory() {
            @Override
            public <K, V> Store<K, V> open(StoreContext<K, V> context) {
                return new ForwardingStore<>(context) {
                    @Override
                    public void destroy() {
                        super.destroy();
                        destroyings.incrementAndGet();
                    }
                };
            }
        };
        LarderCache<String, String> closed = maker.make(CacheMaker.strings().store(factory));
        LarderCache<String, String> destroyed = maker.make(CacheMaker.strings().store(factory));
        maker.make(CacheMaker.strings().store(factory));

        closed.close();
        assertThat(destroyings).hasValue(0);
        manager.destroyCache(destroyed.getName());
        assertThat(destroyings).hasValue(1);
        manager.close();

        assertThat(destroyings).hasValue(1);
    }
}
