package dev.larder.jcache.internal.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.jcache.fixture.CacheMaker;
import dev.larder.jcache.fixture.ChildLoader;
import dev.larder.jcache.provider.LarderCachingProvider;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.management.CacheMXBean;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class CacheBeansTest {

    private static final URI ADDRESS = URI.create("larder:beans");

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final LarderCachingProvider provider = new LarderCachingProvider();
    private final CacheManager manager = provider.getCacheManager(ADDRESS, null);

    @AfterEach
    void close() {
        provider.close();
    }

    /** Returns the types of the beans of a cache, by the names that they are to have. */
    private List<String> shown(String managerName, String cacheName) throws JMException {
        ObjectName pattern = new ObjectName("javax.cache:CacheManager=" + managerName + ",Cache=" + cacheName + ",*");
        return server.queryNames(pattern, null).stream()
                .map(name -> name.getKeyProperty("type"))
                .sorted()
                .collect(Collectors.toList());
    }

    private Cache<String, String> create(CacheManager in, String name) {
        return in.createCache(
                name, CacheMaker.strings().statistics(true).management(true).build());
    }

    @Test
    void beansAppearAsConfiguredAndVanishWithTheCache() throws JMException {
        Cache<String, String> closed = create(manager, "closed");
        create(manager, "destroyed");
        create(manager, "left");
        manager.createCache("silent", CacheMaker.strings().build());
        for (String name : Set.of("closed", "destroyed", "left")) {
            assertThat(shown("larder.beans", name)).containsExactly("CacheConfiguration", "CacheStatistics");
        }
        assertThat(shown("larder.beans", "silent")).isEmpty();

        closed.close();
        assertThat(shown("larder.beans", "closed")).isEmpty();
        manager.destroyCache("destroyed");
        assertThat(shown("larder.beans", "destroyed")).isEmpty();
        assertThat(shown("larder.beans", "left")).hasSize(2);
        manager.close();
        assertThat(shown("larder.beans", "left")).isEmpty();
    }

    @Test
    void beansComeAndGoWithTheSwitchesHoweverOftenTheyAreTurned() throws JMException {
        manager.createCache("switched", CacheMaker.strings().build());

        for (int round = 0; round < 2; round++) {
            manager.enableManagement("switched", true);
            manager.enableManagement("switched", true);
            assertThat(shown("larder.beans", "switched")).containsExactly("CacheConfiguration");
            manager.enableStatistics("switched", true);
            manager.enableStatistics("switched", true);
            assertThat(shown("larder.beans", "switched")).containsExactly("CacheConfiguration", "CacheStatistics");
            manager.enableManagement("switched", false);
            manager.enableManagement("switched", false);
            assertThat(shown("larder.beans", "switched")).containsExactly("CacheStatistics");
            manager.enableStatistics("switched", false);
            manager.enableStatistics("switched", false);
            assertThat(shown("larder.beans", "switched")).isEmpty();
        }
    }

    @Test
    void switchOfACacheThatIsNotThereChangesNothing() throws JMException {
        manager.enableManagement("nobody", true);
        manager.enableStatistics("nobody", true);

        assertThat(shown("larder.beans", "nobody")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b", "a=b", "a,b", "a\nb", "a*b", "a?b", "a\"b"})
    void whatANameOfJmxCannotHaveIsADot(String cacheName) throws JMException {
        create(manager, cacheName);

        assertThat(shown("larder.beans", "a.b")).containsExactly("CacheConfiguration", "CacheStatistics");
        manager.destroyCache(cacheName);
        assertThat(shown("larder.beans", "a.b")).isEmpty();
    }

    @Test
    void uriMayHaveWhatANameOfJmxCannot() throws JMException {
        CacheManager odd = provider.getCacheManager(URI.create("larder://host:1/path?a=b,c*d"), null);

        create(odd, "users");

        assertThat(shown("larder.//host.1/path.a.b.c.d", "users")).hasSize(2);
        odd.close();
        assertThat(shown("larder.//host.1/path.a.b.c.d", "users")).isEmpty();
    }

    @Test
    void configurationBeanShowsHowTheCacheIsNow() throws JMException {
        create(manager, "described");
        CacheMXBean bean = JMX.newMXBeanProxy(
                server,
                new ObjectName("javax.cache:type=CacheConfiguration,CacheManager=larder.beans,Cache=described"),
                CacheMXBean.class);

        assertThat(bean.getKeyType()).isEqualTo("java.lang.String");
        assertThat(bean.getValueType()).isEqualTo("java.lang.String");
        assertThat(bean.isStoreByValue()).isTrue();
        assertThat(bean.isReadThrough()).isFalse();
        assertThat(bean.isWriteThrough()).isFalse();
        assertThat(bean.isManagementEnabled()).isTrue();
        assertThat(bean.isStatisticsEnabled()).isTrue();
        manager.enableStatistics("described", false);
        assertThat(bean.isStatisticsEnabled()).isFalse();
    }

    @Test
    void beansOfTwoManagersWithOneUriAreThoseOfTheLastAndTheFirstDoesNotTakeThemAway() throws JMException {
        CacheManager other = provider.getCacheManager(ADDRESS, new ChildLoader());
        create(manager, "users");

        create(other, "users");

        assertThat(shown("larder.beans", "users")).hasSize(2);
        manager.close();
        assertThat(shown("larder.beans", "users")).hasSize(2);
        other.close();
        assertThat(shown("larder.beans", "users")).isEmpty();
    }

    @Test
    void beansOfTheSuccessorStayWhenItsPredecessorIsClosedLate() throws JMException {
        Cache<String, String> destroyed = create(manager, "users");
        manager.destroyCache("users");
        create(manager, "users");

        destroyed.close();

        assertThat(shown("larder.beans", "users")).hasSize(2);
    }
}
