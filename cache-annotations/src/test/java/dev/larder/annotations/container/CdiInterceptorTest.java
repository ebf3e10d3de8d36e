package dev.larder.annotations.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.annotation.CacheResult;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The interceptor among others of CDI, and with beans that are passivated. */
class CdiInterceptorTest {

    private static final String NAME = "intercepted";

    private static final String LARDER = "dev.larder.jcache.provider.LarderCachingProvider";

    private final CacheManager manager = Caching.getCachingProvider(LARDER).getCacheManager();
    private final Cache<Object, Object> cache = manager.createCache(NAME, new MutableConfiguration<>());
    private final SeContainer container = SeContainerInitializer.newInstance()
            .addBeanClasses(Bean.class, TransactionInterceptor.class, GuardInterceptor.class)
            .addExtensions(new Managing(manager))
            .initialize();

    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE})
    @interface Transacted {}

    /** Stands where Jakarta Transactions has that of {@code @Transactional}, and tells what is in the cache at the commit. */
    @Interceptor
    @Transacted
    @Priority(Interceptor.Priority.PLATFORM_BEFORE + 200)
    static class TransactionInterceptor implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;

        private static boolean cachedAtCommit;

        @AroundInvoke
        Object around(InvocationContext context) throws Exception {
            Object result = context.proceed();
            cachedAtCommit = Caching.getCachingProvider(LARDER)
                    .getCacheManager()
                    .getCache(NAME)
                    .iterator()
                    .hasNext();
            return result;
        }
    }

    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE})
    @interface Guarded {}

    /** Stands where the documentation says that one of security has to, and counts whom it lets through. */
    @Interceptor
    @Guarded
    @Priority(Interceptor.Priority.PLATFORM_BEFORE + 50)
    static class GuardInterceptor implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;

        private static int passed;

        @AroundInvoke
        Object around(InvocationContext context) throws Exception {
            passed++;
            return context.proceed();
        }
    }

    /** Adds the manager as a bean: there is no default provider once other tests of this JVM have used both. */
    static final class Managing implements Extension {

        private final CacheManager manager;

        Managing(CacheManager manager) {
            this.manager = manager;
        }

        void add(@Observes AfterBeanDiscovery event) {
            event.addBean()
                    .beanClass(CacheManager.class)
                    .types(CacheManager.class, Object.class)
                    .scope(Dependent.class)
                    .createWith(context -> manager);
        }
    }

    /** What is called. */
    @Dependent
    public static class Bean implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;

        @Guarded
        @Transacted
        @CacheResult(cacheName = NAME)
        public String find(String key) {
            return key;
        }
    }

    @AfterEach
    void close() {
        container.close();
        manager.destroyCache(NAME);
    }

    @Test
    void cacheIsChangedAfterTheCommit() {
        TransactionInterceptor.cachedAtCommit = true;

        container.select(Bean.class).get().find("key");

        assertThat(cache).hasSize(1);
        assertThat(TransactionInterceptor.cachedAtCommit).isFalse();
    }

    @Test
    void interceptorBeforeItRunsOnHitsToo() {
        Bean bean = container.select(Bean.class).get();
        bean.find("key");
        GuardInterceptor.passed = 0;

        bean.find("key");

        assertThat(GuardInterceptor.passed).isEqualTo(1);
    }

    @Test
    void beanIsInterceptedAfterPassivation() throws Exception {
        Bean bean = read(write(container.select(Bean.class).get()));

        assertThat(bean.find("key")).isEqualTo("key");

        assertThat(cache).hasSize(1);
    }

    private static byte[] write(Bean bean) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(bean);
        }
        return bytes.toByteArray();
    }

    private static Bean read(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (Bean) in.readObject();
        }
    }
}
