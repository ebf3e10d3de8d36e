package dev.larder.jcache.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.fixture.CacheMaker;
import dev.larder.jcache.fixture.ChildLoader;
import dev.larder.jcache.fixture.Parallel;
import dev.larder.jcache.provider.LarderCachingProvider;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.OptionalFeature;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class ManagerIdentityTest {

    private static final URI FIRST = URI.create("larder:identity-1");
    private static final URI SECOND = URI.create("larder:identity-2");

    private final LarderCachingProvider provider = new LarderCachingProvider();
    private ClassLoader child = new ChildLoader();

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void sameUriAndLoaderIsTheSameManager() {
        CacheManager manager = provider.getCacheManager(FIRST, child);

        assertThat(provider.getCacheManager(URI.create("larder:identity-1"), child, new Properties()))
                .isSameAs(manager);
        assertThat(manager.getURI()).isEqualTo(FIRST);
        assertThat(manager.getClassLoader()).isSameAs(child);
        assertThat(manager.getCachingProvider()).isSameAs(provider);
    }

    @Test
    void anotherUriOrLoaderIsAnotherManager() {
        CacheManager manager = provider.getCacheManager(FIRST, child);

        assertThat(provider.getCacheManager(SECOND, child)).isNotSameAs(manager);
        assertThat(provider.getCacheManager(FIRST, new ChildLoader())).isNotSameAs(manager);
        assertThat(new LarderCachingProvider().getCacheManager(FIRST, child)).isNotSameAs(manager);
    }

    @Test
    void nullsMeanTheDefaults() {
        CacheManager manager = provider.getCacheManager();

        assertThat(provider.getCacheManager(null, null, null)).isSameAs(manager);
        assertThat(provider.getCacheManager(provider.getDefaultURI(), provider.getDefaultClassLoader()))
                .isSameAs(manager);
        provider.close(null, null);
        assertThat(manager.isClosed()).isTrue();
    }

    @Test
    void cachesOfOneManagerAreNotThoseOfAnother() {
        provider.getCacheManager(FIRST, child)
                .createCache("users", CacheMaker.strings().build());

        assertThat((Object) provider.getCacheManager(SECOND, child).getCache("users"))
                .isNull();
        assertThat((Object) provider.getCacheManager(FIRST, null).getCache("users"))
                .isNull();
    }

    @Test
    void closedManagerIsFollowedByAnotherWithoutCaches() {
        CacheManager closed = provider.getCacheManager(FIRST, child);
        closed.createCache("users", CacheMaker.strings().build()).put("k", "v");

        closed.close();
        CacheManager successor = provider.getCacheManager(FIRST, child);

        assertThat(successor).isNotSameAs(closed);
        assertThat(successor.getCacheNames()).isEmpty();
        assertThat(closed.isClosed()).isTrue();
        assertThatThrownBy(() -> closed.getCache("users"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(FIRST.toString());
    }

    @Test
    void closingAClosedManagerLeavesItsSuccessorAlone() {
        CacheManager closed = provider.getCacheManager(FIRST, child);
        closed.close();
        CacheManager successor = provider.getCacheManager(FIRST, child);
        Cache<String, String> cache =
                successor.createCache("users", CacheMaker.strings().build());

        closed.close();

        assertThat(successor.isClosed()).isFalse();
        assertThat(cache.isClosed()).isFalse();
        assertThat(provider.getCacheManager(FIRST, child)).isSameAs(successor);
    }

    @Test
    void closeByUriAndLoaderClosesThatManagerOnly() {
        CacheManager closed = provider.getCacheManager(FIRST, child);
        CacheManager otherUri = provider.getCacheManager(SECOND, child);
        CacheManager otherLoader = provider.getCacheManager(FIRST, null);

        provider.close(FIRST, child);

        assertThat(closed.isClosed()).isTrue();
        assertThat(provider.getCacheManager(FIRST, child)).isNotSameAs(closed);
        assertThat(otherUri.isClosed()).isFalse();
        assertThat(otherLoader.isClosed()).isFalse();
        assertThat(provider.getCacheManager(SECOND, child)).isSameAs(otherUri);
        assertThat(provider.getCacheManager(FIRST, null)).isSameAs(otherLoader);
    }

    @Test
    void closeByLoaderClosesAllItsManagersAndNoOthers() {
        CacheManager first = provider.getCacheManager(FIRST, child);
        CacheManager second = provider.getCacheManager(SECOND, child);
        CacheManager otherLoader = provider.getCacheManager(FIRST, null);

        provider.close(child);

        assertThat(first.isClosed()).isTrue();
        assertThat(second.isClosed()).isTrue();
        assertThat(otherLoader.isClosed()).isFalse();
        assertThat(provider.getCacheManager(FIRST, child)).isNotSameAs(first);
        assertThat(provider.getCacheManager(FIRST, null)).isSameAs(otherLoader);
    }

    @Test
    void closeOfTheProviderClosesAllAndItStaysOfUse() {
        CacheManager first = provider.getCacheManager(FIRST, child);
        CacheManager second = provider.getCacheManager(SECOND, null);

        provider.close();

        assertThat(first.isClosed()).isTrue();
        assertThat(second.isClosed()).isTrue();
        assertThat(provider.getCacheManager(FIRST, child)).isNotSameAs(first).matches(manager -> !manager.isClosed());
    }

    @Test
    void closingWhatIsNotThereChangesNothing() {
        CacheManager manager = provider.getCacheManager(FIRST, null);

        provider.close(child);
        provider.close(SECOND, null);
        provider.close(SECOND, child);

        assertThat(manager.isClosed()).isFalse();
    }

    @Test
    void propertiesAreACopyOfThoseGiven() {
        Properties given = new Properties();
        given.setProperty("colour", "green");
        CacheManager manager = provider.getCacheManager(FIRST, child, given);

        given.setProperty("colour", "red");
        manager.getProperties().setProperty("colour", "blue");

        assertThat(manager.getProperties()).containsOnly(Map.entry("colour", "green"));
    }

    @Test
    void managerThatWasSeenClosedIsNotGivenOutAgain() throws Exception {
        for (int round = 0; round < 300; round++) {
            CacheManager manager = provider.getCacheManager(FIRST, child);
            Thread closer = new Thread(manager::close, "closer");
            closer.start();
            while (!manager.isClosed()) {
                Thread.onSpinWait();
            }

            CacheManager next = provider.getCacheManager(FIRST, child);

            assertThat(next).isNotSameAs(manager);
            closer.join(60_000);
        }
    }

    @Test
    void managersOpenedAndClosedByManyUsersAreNeverMixedUp() throws Exception {
        Set<CacheManager> seen = ConcurrentHashMap.newKeySet();
        try (Parallel parallel = new Parallel()) {
            parallel.run(8, thread -> {
                for (int i = 0; i < 100; i++) {
                    CacheManager manager = provider.getCacheManager(FIRST, child);
                    seen.add(manager);
                    try {
                        Cache<String, String> cache = manager.createCache(
                                "mine-" + thread, CacheMaker.strings().build());
                        cache.put("k", "v");
                        assertThat(cache.get("k")).isEqualTo("v");
                    } catch (IllegalStateException e) {
                        assertThat(e).hasMessageContaining("closed");
                    }
                    manager.close();
                }
            });
        }

        assertThat(seen).hasSizeGreaterThan(1).allMatch(CacheManager::isClosed);
        assertThat(provider.getCacheManager(FIRST, child)).matches(manager -> !manager.isClosed());
    }

    @Test
    void managerDoesNotKeepItsClassLoaderAndWorksOnWithoutIt() {
        CacheManager manager = provider.getCacheManager(FIRST, child);
        WeakReference<ClassLoader> loader = letGoOfChild();
        Cache<String, String> cache = manager.createCache(
                "left-behind",
                CacheMaker.strings()
                        .loader(new Customisation(Customisation.Role.LOADER))
                        .build());
        cache.put("k", "v");

        awaitCollected(loader);

        assertThat(manager.getClassLoader()).isNull();
        assertThat(manager.isClosed()).isFalse();
        assertThat(cache.get("k")).isEqualTo("v");
        assertThat(cache.get("other")).isEqualTo("loaded other");
        Cache<String, int[]> late = manager.createCache(
                "late", CacheSettings.builder(String.class, int[].class).build());
        late.put("k", new int[] {1});
        assertThat(late.get("k")).containsExactly(1);
        manager.close();
        assertThat(manager.isClosed()).isTrue();
        assertThat(cache.isClosed()).isTrue();
    }

    @Test
    void threadsOfAManagerDoNotKeepItsClassLoaderForLong() {
        CacheManager manager = provider.getCacheManager(FIRST, child);
        AtomicInteger contextLoader = new AtomicInteger();
        Cache<String, String> cache = manager.createCache(
                "threads",
                CacheMaker.strings()
                        .loader(new LoaderOfNothing() {
                            @Override
                            public Map<String, String> loadAll(Iterable<? extends String> keys) {
                                contextLoader.set(System.identityHashCode(
                                        Thread.currentThread().getContextClassLoader()));
                                return Map.of();
                            }
                        })
                        .build());

        cache.loadAll(Set.of("k"), true, null);
        await().until(() -> contextLoader.get() != 0);

        assertThat(contextLoader.get()).isEqualTo(System.identityHashCode(child));
        awaitCollected(letGoOfChild());
    }

    /** From now on the test does not keep it. */
    private WeakReference<ClassLoader> letGoOfChild() {
        WeakReference<ClassLoader> reference = new WeakReference<>(child);
        child = null;
        return reference;
    }

    private static void awaitCollected(WeakReference<?> reference) {
        await().pollInterval(Duration.ofMillis(20)).until(() -> {
            System.gc();
            return reference.get() == null;
        });
    }

    @Test
    void providerSupportsStoreByReference() {
        assertThat(provider.isSupported(OptionalFeature.STORE_BY_REFERENCE)).isTrue();
    }
}
