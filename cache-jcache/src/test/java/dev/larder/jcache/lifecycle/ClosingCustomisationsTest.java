package dev.larder.jcache.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.larder.jcache.LarderCache;
import dev.larder.jcache.fixture.CacheMaker;
import dev.larder.jcache.fixture.ForwardingStore;
import dev.larder.jcache.fixture.RecordingListener;
import dev.larder.jcache.lifecycle.Customisation.Makers;
import dev.larder.jcache.lifecycle.Customisation.Role;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.CacheManager;
import javax.cache.configuration.Factory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(300)
class ClosingCustomisationsTest {

    private final LarderThreads threads = new LarderThreads();
    private final CacheMaker maker = new CacheMaker();

    @AfterEach
    void close() {
        maker.close();
    }

    static Stream<Named<Consumer<LarderCache<?, ?>>>> ends() {
        return Stream.of(
                Named.of("the cache is closed", cache -> cache.close()),
                Named.of(
                        "the cache is destroyed",
                        cache -> cache.getCacheManager().destroyCache(cache.getName())),
                Named.of(
                        "the manager is closed",
                        cache -> cache.getCacheManager().close()),
                Named.of(
                        "the provider is closed",
                        cache -> cache.getCacheManager().getCachingProvider().close()));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void everyCustomisationIsClosedOnce(Consumer<LarderCache<?, ?>> end) {
        Makers makers = new Makers();
        LarderCache<String, String> cache = maker.make(makers.settings());
        cache.get("k");
        cache.put("k", "v");

        end.accept(cache);
        cache.close();
        maker.close();

        assertThat(makers.closings())
                .containsOnlyKeys(Role.values())
                .allSatisfy((role, closings) -> assertThat(closings).isEqualTo(1));
        threads.awaitNone();
    }

    @Test
    void customisationsStayOpenAsLongAsTheCacheIs() {
        Makers makers = new Makers();
        LarderCache<String, String> cache = maker.make(makers.settings());

        cache.clear();
        cache.removeAll();

        assertThat(makers.closings())
                .containsOnlyKeys(Role.values())
                .allSatisfy((role, closings) -> assertThat(closings).isZero());
    }

    @Test
    void objectOfTwoRolesIsClosedOnce() {
        Customisation loaderAndWriter = new Customisation(Role.LOADER);
        LarderCache<String, String> cache =
                maker.make(CacheMaker.strings().loader(loaderAndWriter).writer(loaderAndWriter));

        cache.close();

        assertThat(loaderAndWriter.closings()).isEqualTo(1);
    }

    @Test
    void customisationThatCannotBeClosedDoesNotKeepTheOthersOpen() {
        RecordingListener<String, String> listener = new RecordingListener<>();
        class StuckLoader extends LoaderOfNothing implements AutoCloseable {
            @Override
            public void close() {
                throw new IllegalStateException("stuck");
            }
        }
        Customisation writer = new Customisation(Role.WRITER);
        LarderCache<String, String> cache = maker.make(
                CacheMaker.strings().loader(new StuckLoader()).writer(writer).listener(listener.synchronously()));

        cache.close();

        assertThat(writer.closings()).isEqualTo(1);
        assertThat(listener.closings()).isEqualTo(1);
        assertThat(cache.isClosed()).isTrue();
    }

    @Test
    void listenerThatIsDeregisteredIsClosedThenAndNotAgain() {
        Makers makers = new Makers();
        LarderCache<String, String> cache = maker.make(CacheMaker.strings());
        var configuration = makers.listener(Role.FIRST_LISTENER, Role.FIRST_FILTER, false);
        cache.registerCacheEntryListener(configuration);

        cache.deregisterCacheEntryListener(configuration);
        assertThat(makers.closings())
                .hasSize(2)
                .allSatisfy((role, closings) -> assertThat(closings).isEqualTo(1));
        cache.close();

        assertThat(makers.closings())
                .allSatisfy((role, closings) -> assertThat(closings).isEqualTo(1));
    }

    static Stream<Arguments> failures() {
        return Stream.of(Role.values())
                .flatMap(role -> Stream.of(
                        Arguments.of(role, new IllegalStateException("no luck with " + role)),
                        Arguments.of(role, new NoClassDefFoundError("no class for " + role))));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failureOfAFactoryClosesAllThatWasMadeBefore(Role failing, Throwable failure) {
        Makers makers = new Makers(role -> {
            if (role == failing) {
                throw thrown(failure);
            }
            return new Customisation(role);
        });
        CountedStores stores = new CountedStores();
        CacheManager manager = maker.manager();

        Throwable thrown = catchThrowable(() -> manager.createCache(
                "halfway",
                makers.settings()
                        .store(stores)
                        .statistics(true)
                        .management(true)
                        .build()));

        assertThat(thrown).isSameAs(failure);
        assertThat(makers.roles()).containsExactlyElementsOf(rolesBefore(failing));
        assertThat(makers.closings())
                .allSatisfy((role, closings) -> assertThat(closings).isEqualTo(1));
        assertThat(stores.open()).isZero();
        assertThat(manager.getCacheNames()).isEmpty();
        threads.awaitNone();
    }

    private static List<Role> rolesBefore(Role failing) {
        return Stream.of(Role.values()).takeWhile(role -> role != failing).toList();
    }

    private static RuntimeException thrown(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return (RuntimeException) failure;
    }

    @Test
    void nameOfACacheThatCouldNotBeMadeIsFree() {
        Factory<Customisation> failing = () -> {
            throw new IllegalStateException("not today");
        };
        CacheManager manager = maker.manager();
        assertThatThrownBy(() -> manager.createCache(
                        "second-try",
                        CacheMaker.strings().loaderFactory(failing).build()))
                .hasMessage("not today");

        manager.createCache("second-try", CacheMaker.strings().build()).put("k", "v");

        assertThat(manager.getCache("second-try", String.class, String.class).get("k"))
                .isEqualTo("v");
    }

    @Test
    void failingFilterOfALaterListenerClosesTheListener() {
        Makers makers = new Makers(role -> {
            if (role == Role.FIRST_FILTER) {
                throw new IllegalStateException("no filter");
            }
            return new Customisation(role);
        });
        LarderCache<String, String> cache = maker.make(CacheMaker.strings());

        assertThatThrownBy(() ->
                        cache.registerCacheEntryListener(makers.listener(Role.FIRST_LISTENER, Role.FIRST_FILTER, true)))
                .hasMessage("no filter");

        assertThat(makers.closings()).containsEntry(Role.FIRST_LISTENER, 1);
    }

    @Test
    void storeThatCannotBeClosedKeepsNothingElseOpen() {
        Makers makers = new Makers();
        Makers others = new Makers();
        StoreFactory stuck = new StoreFactory() {
            @Override
            public <K, V> Store<K, V> open(StoreContext<K, V> context) {
                return new ForwardingStore<>(context) {
                    @Override
                    public void close() {
                        throw new IllegalStateException("the store is stuck");
                    }
                };
            }
        };
        CacheManager manager = maker.manager();
        manager.createCache("stuck", makers.settings().store(stuck).build());
        for (int i = 0; i < 5; i++) {
            manager.createCache("other-" + i, CacheMaker.strings().build());
        }
        LarderCache<String, String> other = maker.make(others.settings());

        assertThatThrownBy(manager::close).hasMessage("the store is stuck");

        assertThat(makers.closings())
                .hasSize(7)
                .allSatisfy((role, closings) -> assertThat(closings).isEqualTo(1));
        assertThat(others.closings())
                .hasSize(7)
                .allSatisfy((role, closings) -> assertThat(closings).isEqualTo(1));
        assertThat(other.isClosed()).isTrue();
        threads.awaitNone();
    }

    /** Counts the stores that are open. */
    private static final class CountedStores implements StoreFactory {

        private static final long serialVersionUID = 1L;

        private final AtomicInteger open = new AtomicInteger();

        int open() {
            return open.get();
        }

        @Override
        public <K, V> Store<K, V> open(StoreContext<K, V> context) {
            open.incrementAndGet();
            return new ForwardingStore<>(context) {
                @Override
                public void close() {
                    super.close();
                    open.decrementAndGet();
                }
            };
        }
    }
}
