package dev.larder.jcache.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.StoreHealthMXBean;
import dev.larder.jcache.fixture.CacheMaker;
import dev.larder.jcache.fixture.SharedHeap;
import dev.larder.jcache.fixture.SharedHeap.Mood;
import dev.larder.store.guard.OnStoreFailure;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import javax.cache.CacheException;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class StoreHealthTest {

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final CacheMaker maker = new CacheMaker();
    private final SharedHeap shared = new SharedHeap();

    @AfterEach
    void close() {
        maker.close();
    }

    private LarderCache<String, String> make(OnStoreFailure onFailure) {
        return maker.make(CacheMaker.strings()
                .store(shared)
                .maxStale(Duration.ofMinutes(1))
                .onStoreFailure(onFailure)
                .management(true));
    }

    private ObjectName nameOf(LarderCache<?, ?> cache) throws JMException {
        String manager = cache.getCacheManager().getURI().toString().replace(':', '.');
        return new ObjectName("dev.larder:type=StoreHealth,CacheManager=" + manager + ",Cache=" + cache.getName());
    }

    private StoreHealthMXBean healthOf(LarderCache<?, ?> cache) throws JMException {
        return JMX.newMXBeanProxy(server, nameOf(cache), StoreHealthMXBean.class);
    }

    @Test
    void aSoundStoreIsShownAsSuch() throws JMException {
        StoreHealthMXBean health = healthOf(make(OnStoreFailure.DEGRADE));

        assertThat(health.getOnStoreFailure()).isEqualTo("degrade");
        assertThat(health.isDegraded()).isFalse();
        assertThat(health.getDegradedForMillis()).isZero();
        assertThat(health.getCause()).isNull();
        assertThat(health.isBreakerOpen()).isFalse();
        assertThat(health.getPendingInvalidations()).isZero();
        assertThat(health.getUnreadableValues()).isEmpty();
    }

    @Test
    void aStoreThatFailsIsShownWithSinceWhenAndWhy() throws JMException {
        LarderCache<String, String> cache = make(OnStoreFailure.DEGRADE);
        StoreHealthMXBean health = healthOf(cache);
        shared.turn(Mood.DOWN);
        for (int i = 0; i < 5; i++) {
            cache.get("k");
        }
        assertThatThrownBy(cache::clear).isInstanceOf(CacheException.class);

        maker.time().skip(Duration.ofMillis(400));

        assertThat(health.isDegraded()).isTrue();
        assertThat(health.getDegradedForMillis()).isEqualTo(400);
        assertThat(health.getCause()).isEqualTo("no server at home");
        assertThat(health.isBreakerOpen()).isTrue();
        assertThat(health.getPendingInvalidations()).isEqualTo(-1);
    }

    @Test
    void whatIsPendingIsMadeGoodInTheBackground() throws JMException {
        LarderCache<String, String> cache = make(OnStoreFailure.DEGRADE);
        cache.put("k", "old");
        shared.turn(Mood.DOWN);
        assertThatThrownBy(cache::clear).isInstanceOf(CacheException.class);
        shared.turn(Mood.WELL);

        maker.time().advance(Duration.ofSeconds(2));

        assertThat(healthOf(cache).getPendingInvalidations()).isZero();
        assertThat(shared.readElsewhere("k")).isNull();
    }

    @Test
    void theBeanComesAndGoesWithManagementAndIsNotThereForTheHeap() throws JMException {
        LarderCache<String, String> cache = make(OnStoreFailure.FAIL);
        LarderCache<String, String> heap =
                maker.make(CacheSettings.builder(String.class, String.class).management(true));
        assertThat(server.isRegistered(nameOf(cache))).isTrue();
        assertThat(server.isRegistered(nameOf(heap))).isFalse();

        maker.manager().enableManagement(cache.getName(), false);
        assertThat(server.isRegistered(nameOf(cache))).isFalse();
        maker.manager().enableManagement(cache.getName(), true);
        assertThat(server.isRegistered(nameOf(cache))).isTrue();
        cache.close();

        assertThat(server.isRegistered(nameOf(cache))).isFalse();
    }
}
