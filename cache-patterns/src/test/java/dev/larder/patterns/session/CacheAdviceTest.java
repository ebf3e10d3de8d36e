package dev.larder.patterns.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.CacheSettings;
import dev.larder.patterns.fixture.Provider;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import dev.larder.store.guard.OnStoreFailure;
import dev.larder.store.heap.HeapStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cache that would do without its store, and so without its sessions, is warned of. */
class CacheAdviceTest {

    private static final Logger LOG = Logger.getLogger("dev.larder.patterns.session");

    private final CacheManager manager = Provider.LARDER.newManager();
    private final List<String> warnings = new ArrayList<>();
    private final Handler noting = new Handler() {
        @Override
        public void publish(LogRecord record) {
            warnings.add(record.getLevel() + " " + record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOG.addHandler(noting);
        LOG.setUseParentHandlers(false);
    }

    @AfterEach
    void close() {
        LOG.removeHandler(noting);
        LOG.setUseParentHandlers(true);
        manager.close();
    }

    /** Stands for one on another machine. */
    private static final class Elsewhere implements StoreFactory {

        private static final long serialVersionUID = 1L;

        @Override
        public <K, V> Store<K, V> open(StoreContext<K, V> context) {
            return HeapStore.unbounded().open(context);
        }
    }

    private Cache<String, byte[]> cache(String name, UnaryOperator<CacheSettings.Builder<String, byte[]>> settings) {
        CacheSettings.Builder<String, byte[]> builder =
                CacheSettings.builder(String.class, byte[].class).expireAfterWrite(Duration.ofHours(1));
        return manager.createCache(name, settings.apply(builder).build());
    }

    @Test
    void degradingCacheIsWarnedOfOnce() {
        Cache<String, byte[]> cache =
                cache("logins", settings -> settings.store(new Elsewhere()).onStoreFailure(OnStoreFailure.DEGRADE));

        SessionStore store = SessionStore.over(cache).build();
        store.save(store.create());
        store.save(store.create());

        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("WARNING cache \"logins\" of sessions: onStoreFailure is degrade.")
                .contains("users are logged out", "set onStoreFailure to fail");
    }

    @Test
    void cacheThatIsToldNothingIsWarnedOf() {
        SessionStore.over(cache("logins", settings -> settings.store(new Elsewhere())))
                .build();

        assertThat(warnings).singleElement().asString().contains("onStoreFailure is not set");
    }

    @Test
    void indexIsWarnedOfToo() {
        Cache<String, byte[]> index = cache("index", settings -> settings.store(new Elsewhere()));

        SessionStore.over(cache("logins", settings -> settings))
                .indexCache(index)
                .index("user")
                .build();

        assertThat(warnings).singleElement().asString().contains("cache \"index\" of sessions");
    }

    @Test
    void failingCacheIsRight() {
        SessionStore.over(cache(
                        "logins", settings -> settings.store(new Elsewhere()).onStoreFailure(OnStoreFailure.FAIL)))
                .build();

        assertThat(warnings).isEmpty();
    }

    @Test
    void heapIsNeverAway() {
        SessionStore.in(manager, "logins").index("user").build();
        SessionStore.over(cache("bounded", settings -> settings.maximumSize(10)))
                .build();

        assertThat(warnings).isEmpty();
    }

    @Test
    void otherProvidersAreLeftAlone() {
        try (CacheManager caffeine = Provider.CAFFEINE.newManager()) {
            SessionStore.over(caffeine.createCache("logins", new MutableConfiguration<String, byte[]>()))
                    .build();
        }

        assertThat(warnings).isEmpty();
    }
}
