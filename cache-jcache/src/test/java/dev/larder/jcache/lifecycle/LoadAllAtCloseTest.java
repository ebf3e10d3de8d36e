package dev.larder.jcache.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.jcache.LarderCache;
import dev.larder.jcache.fixture.CacheMaker;
import dev.larder.jcache.fixture.Parallel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import javax.cache.integration.CompletionListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class LoadAllAtCloseTest {

    private static final int THREADS = 16;
    private static final int CALLS = 40;

    private final LarderThreads threads = new LarderThreads();
    private final CacheMaker maker = new CacheMaker();
    private final CountDownLatch mayLoad = new CountDownLatch(1);

    @AfterEach
    void close() {
        mayLoad.countDown();
        maker.close();
    }

    /** Loads when it may, and does not mind being interrupted or does. */
    private final class HeldLoader extends LoaderOfNothing {

        private final Set<String> loading = ConcurrentHashMap.newKeySet();

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            keys.forEach(loading::add);
            Parallel.await(mayLoad);
            return Map.of(keys.iterator().next(), "v");
        }
    }

    /** Remembers what it was told. */
    private static class Ending implements CompletionListener {

        private final List<Object> told = new CopyOnWriteArrayList<>();

        @Override
        public void onCompletion() {
            told.add("completed");
        }

        @Override
        public void onException(Exception e) {
            told.add(e);
        }
    }

    @Test
    void loadsUnderWayAndQueuedAreToldWhenTheManagerCloses() {
        HeldLoader loader = new HeldLoader();
        LarderCache<String, String> cache = maker.make(CacheMaker.strings().loader(loader));
        List<Ending> endings =
                IntStream.range(0, CALLS).mapToObj(i -> new Ending()).toList();
        for (int i = 0; i < CALLS; i++) {
            cache.loadAll(Set.of("k" + i), false, endings.get(i));
        }
        await().until(() -> loader.loading.size() == THREADS);

        cache.getCacheManager().close();

        await().untilAsserted(() ->
                assertThat(endings).allSatisfy(each -> assertThat(each.told).hasSize(1)));
        assertThat(endings.subList(0, THREADS))
                .allSatisfy(each -> assertThat((Throwable) each.told.get(0))
                        .hasMessageContaining("cache \"" + cache.getName() + "\""));
        assertThat(endings.subList(THREADS, CALLS))
                .allSatisfy(each -> assertThat((Throwable) each.told.get(0))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("cache \"" + cache.getName() + "\""));
        assertThat(loader.loading).hasSize(THREADS);
        threads.awaitNone();
    }

    @Test
    void completionListenerThatThrowsKeepsNothingFromEnding() {
        HeldLoader loader = new HeldLoader();
        LarderCache<String, String> cache = maker.make(CacheMaker.strings().loader(loader));
        List<Ending> endings = IntStream.range(0, CALLS)
                .mapToObj(i -> new Ending() {
                    @Override
                    public void onException(Exception e) {
                        super.onException(e);
                        throw new IllegalArgumentException("cannot bear it");
                    }
                })
                .map(Ending.class::cast)
                .toList();
        for (int i = 0; i < CALLS; i++) {
            cache.loadAll(Set.of("k" + i), false, endings.get(i));
        }
        await().until(() -> loader.loading.size() == THREADS);

        cache.getCacheManager().close();

        await().untilAsserted(() ->
                assertThat(endings).allSatisfy(each -> assertThat(each.told).hasSize(1)));
        threads.awaitNone();
    }

    @Test
    void loadUnderWayWhenOnlyTheCacheClosesIsTold() {
        HeldLoader loader = new HeldLoader();
        LarderCache<String, String> cache = maker.make(CacheMaker.strings().loader(loader));
        Ending ending = new Ending();
        cache.loadAll(Set.of("k"), true, ending);
        await().until(() -> loader.loading.contains("k"));

        cache.close();
        mayLoad.countDown();

        await().untilAsserted(() -> assertThat(ending.told).hasSize(1));
        assertThat((Throwable) ending.told.get(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cache \"" + cache.getName() + "\" is closed");
    }

    @Test
    void loadAllAfterTheManagerClosedIsRefused() {
        LarderCache<String, String> cache = maker.make(CacheMaker.strings().loader(new HeldLoader()));
        Ending ending = new Ending();

        cache.getCacheManager().close();

        assertThatThrownBy(() -> cache.loadAll(Set.of("k"), false, ending))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(cache.getName());
        assertThat(ending.told).isEmpty();
    }
}
