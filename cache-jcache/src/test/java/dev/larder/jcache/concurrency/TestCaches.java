package dev.larder.jcache.concurrency;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.provider.LarderCachingProvider;
import dev.larder.testkit.FakeTime;
import dev.larder.time.Clock;
import dev.larder.time.Timer;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A provider of the test's own; its caches are closed after the test. */
public final class TestCaches implements AfterEachCallback {

    private final CachingProvider provider;
    private final AtomicInteger number = new AtomicInteger();

    private TestCaches(CachingProvider provider) {
        this.provider = provider;
    }

    /** Returns caches that live by the system's clock. */
    public static TestCaches onSystemTime() {
        return new TestCaches(LarderCachingProvider.withTime(Clock.system(), Timer.system()));
    }

    /** Returns caches for which time stands still until the test moves it. */
    public static TestCaches on(FakeTime time) {
        return new TestCaches(LarderCachingProvider.withTime(time, time));
    }

    /** Makes a cache with a name of its own. */
    public <K, V> Cache<K, V> create(CacheSettings.Builder<K, V> settings) {
        return provider.getCacheManager().createCache("cache-" + number.incrementAndGet(), settings.build());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        provider.close();
    }
}
