package dev.larder.jcache.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.fixture.CacheMaker;
import dev.larder.jcache.fixture.ForwardingStore;
import dev.larder.jcache.fixture.RecordingListener;
import dev.larder.store.Change;
import dev.larder.store.News;
import dev.larder.store.News.Kind;
import dev.larder.store.News.Wish;
import dev.larder.store.Outcome;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.store.StoreListener;
import dev.larder.store.StoreTraits;
import dev.larder.store.StoreTraits.ExpiryNews;
import dev.larder.store.guard.OnStoreFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What listeners hear of changes that other JVMs make in a store that tells of them. */
@Timeout(300)
class NewsFromElsewhereTest {

    private final CacheMaker maker = new CacheMaker();
    private final RecordingListener<String, String> listener = new RecordingListener<>();
    private final TellingStores stores = new TellingStores();

    @AfterEach
    void close() {
        maker.close();
    }

    /** A store that tells what the test says that others did. */
    private static final class TellingStores implements StoreFactory {

        private final List<Wish> wishes = new ArrayList<>();
        private final List<Change<?>> changes = new CopyOnWriteArrayList<>();
        private StoreListener<Object, Object> listener;

        @Override
        public <K, V> Store<K, V> open(StoreContext<K, V> context) {
            return new ForwardingStore<>(context) {
                @Override
                public StoreTraits traits() {
                    return new StoreTraits(false, true, false, true, ExpiryNews.NONE, false, true, true, true);
                }

                @Override
                @SuppressWarnings("unchecked") // the test tells what the cache has
                public void listen(StoreListener<K, V> newListener) {
                    listener = (StoreListener<Object, Object>) newListener;
                }

                @Override
                public void wantNews(Wish wish) {
                    wishes.add(wish);
                }

                @Override
                public Outcome<V> write(K key, Change<V> change) {
                    changes.add(change);
                    return super.write(key, change);
                }
            };
        }

        void tell(Kind kind, String key, String value, String previous) {
            listener.changed(new News<>(kind, key, value, previous));
        }
    }

    private LarderCache<String, String> cache(CacheEntryListenerConfiguration<String, String> configuration) {
        return maker.make(settings().listener(configuration));
    }

    private CacheSettings.Builder<String, String> settings() {
        return CacheMaker.strings().store(stores).onStoreFailure(OnStoreFailure.FAIL);
    }

    private void tellAll() {
        stores.tell(Kind.CREATED, "k", "1", null);
        stores.tell(Kind.UPDATED, "k", "2", "1");
        stores.tell(Kind.REMOVED, "k", null, "2");
        stores.tell(Kind.EXPIRED, "k", null, "2");
    }

    @Test
    void asynchronousListenerHearsInOrder() {
        cache(listener.asynchronously());

        tellAll();

        await().untilAsserted(() -> assertThat(listener.lines())
                .containsExactly(
                        "CREATED k=1 was null", "UPDATED k=2 was 1", "REMOVED k=2 was 2", "EXPIRED k=2 was 2"));
    }

    @Test
    void synchronousListenerHearsNothing() {
        RecordingListener<String, String> other = new RecordingListener<>();
        LarderCache<String, String> cache = cache(listener.synchronously());
        cache.registerCacheEntryListener(other.asynchronously());

        tellAll();

        await().until(() -> other.told().size() == 4);
        assertThat(listener.lines()).isEmpty();
    }

    @Test
    void newsComeThroughTheFilter() {
        cache(new MutableCacheEntryListenerConfiguration<>(
                listener.factory(), () -> event -> event.getValue().equals("2"), true, false));

        tellAll();
        stores.tell(Kind.CREATED, "last", "2", null);

        // the events of another key come by themselves, before the last or after it
        await().untilAsserted(
                        () -> assertThat(listener.lines()).contains("CREATED last=2 was null", "EXPIRED k=2 was 2"));
        assertThat(listener.lines()).contains("UPDATED k=2 was 1").doesNotContain("CREATED k=1 was null");
    }

    @Test
    void oldValueIsForThoseWhoAskedForIt() {
        cache(new MutableCacheEntryListenerConfiguration<>(listener.factory(), null, false, false));

        tellAll();

        await().untilAsserted(() -> assertThat(listener.lines())
                .containsExactly(
                        "CREATED k=1 was null",
                        "UPDATED k=2 was null",
                        "REMOVED k=null was null",
                        "EXPIRED k=null was null"));
    }

    @Test
    void newsAreWantedAsLongAsThereAreAsynchronousListeners() {
        CacheEntryListenerConfiguration<String, String> withoutOld =
                new MutableCacheEntryListenerConfiguration<>(listener.factory(), null, false, false);
        CacheEntryListenerConfiguration<String, String> withOld = listener.asynchronously();
        LarderCache<String, String> cache = cache(new RecordingListener<String, String>().synchronously());
        assertThat(stores.wishes).isEmpty();

        cache.registerCacheEntryListener(withoutOld);
        cache.registerCacheEntryListener(withOld);
        cache.deregisterCacheEntryListener(withOld);
        cache.deregisterCacheEntryListener(withoutOld);

        assertThat(stores.wishes).containsExactly(Wish.CHANGES, Wish.CHANGES_WITH_PREVIOUS, Wish.CHANGES, Wish.NONE);
    }

    @Test
    void closedCacheWantsNoNews() {
        LarderCache<String, String> cache = cache(listener.asynchronously());

        cache.close();

        assertThat(stores.wishes).containsExactly(Wish.CHANGES_WITH_PREVIOUS, Wish.NONE);
    }

    @Test
    void whatUsersChangeIsNewsForOthersAndAnInvalidationIsNot() {
        LarderCache<String, String> cache = maker.make(settings());
        cache.put("k", "v");
        cache.invalidate("k");
        cache.replace("k", "w");
        cache.remove("k");

        assertThat(stores.changes).extracting(Change::isTold).containsExactly(true, false, true, true);
    }
}
