package dev.larder.annotations.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.annotations.CacheAnnotationsCustomizer;
import dev.larder.annotations.spring.EnableCacheAnnotations;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.annotation.CacheResult;
import javax.cache.configuration.MutableConfiguration;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.aop.config.AopConfigUtils;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.NameMatchMethodPointcutAdvisor;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;

/** The advisor among others of Spring, and with beans that are proxies themselves. */
class SpringAdvisorTest {

    private static final String NAME = "advised";

    private final CacheManager manager = Caching.getCachingProvider("dev.larder.jcache.provider.LarderCachingProvider")
            .getCacheManager();
    private final Cache<Object, Object> cache = manager.createCache(NAME, new MutableConfiguration<>());
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    /** Switches the annotations on. */
    @Configuration(proxyBeanMethods = false)
    @EnableCacheAnnotations
    static class Switch {}

    /** As one of Spring Data: nobody's class implements it. */
    interface Repository {

        @CacheResult(cacheName = NAME)
        String find(String key);
    }

    /** Has a method that its interface has not. */
    static class ClassRepository implements Repository {

        private int calls;

        @Override
        public String find(String key) {
            return key;
        }

        @CacheResult(cacheName = NAME)
        String findHere(String key) {
            calls++;
            return key + calls;
        }
    }

    @AfterEach
    void close() {
        context.close();
        manager.destroyCache(NAME);
    }

    /** Spring's advisor for {@code @Transactional} stands where this one does, if it is told nothing. */
    @Test
    void cacheIsChangedAfterTheCommit() {
        AtomicInteger cachedAtCommit = new AtomicInteger(-1);
        NameMatchMethodPointcutAdvisor transactions = new NameMatchMethodPointcutAdvisor();
        transactions.setMappedName("find");
        transactions.setAdvice((MethodInterceptor) invocation -> {
            Object result = invocation.proceed();
            cachedAtCommit.set(cache.iterator().hasNext() ? 1 : 0);
            return result;
        });
        context.registerBean(
                NameMatchMethodPointcutAdvisor.class,
                () -> transactions,
                definition -> definition.setRole(BeanDefinition.ROLE_INFRASTRUCTURE));
        context.registerBean(Repository.class, () -> key -> key);
        context.registerBean(CacheManager.class, () -> manager, definition -> definition.setDestroyMethodName(""));
        context.register(Switch.class);
        context.refresh();

        context.getBean(Repository.class).find("key");

        assertThat(cache).hasSize(1);
        assertThat(cachedAtCommit).hasValue(0);
    }

    /** Not by the annotation but otherwise, as Spring Boot does it. */
    @Test
    void strictModeKnowsThatAllBeansAreProxiedBySubclass() {
        startStrictly(true);

        ClassRepository repository = context.getBean(ClassRepository.class);
        assertThat(repository.findHere("key")).isEqualTo("key1");
        assertThat(repository.findHere("key")).isEqualTo("key1");
    }

    @Test
    void strictModeRefusesWhatAProxyOfInterfacesDoesNotReach() {
        assertThatThrownBy(() -> startStrictly(false)).hasStackTraceContaining("because no interface has it");
    }

    private void startStrictly(boolean bySubclass) {
        AopConfigUtils.registerAutoProxyCreatorIfNecessary(context);
        if (bySubclass) {
            AopConfigUtils.forceAutoProxyCreatorToUseClassProxying(context);
        }
        context.registerBean(ClassRepository.class);
        context.registerBean(CacheManager.class, () -> manager, definition -> definition.setDestroyMethodName(""));
        context.registerBean(CacheAnnotationsCustomizer.class, () -> builder -> builder.strict(true));
        context.register(Switch.class);
        context.refresh();
    }

    @Test
    void annotationsOfAnInterfaceAreObeyedThoughTheBeanIsAProxyOfSomethingElse() {
        AtomicInteger calls = new AtomicInteger();
        ProxyFactory factory = new ProxyFactory();
        factory.setInterfaces(Repository.class);
        factory.setTarget(new Object());
        factory.addAdvice((MethodInterceptor) invocation -> "found" + calls.incrementAndGet());
        context.registerBean(Repository.class, () -> (Repository) factory.getProxy());
        context.registerBean(CacheManager.class, () -> manager, definition -> definition.setDestroyMethodName(""));
        context.register(Switch.class);
        context.refresh();
        Repository repository = context.getBean(Repository.class);

        assertThat(repository.find("key")).isEqualTo("found1");
        assertThat(repository.find("key")).isEqualTo("found1");
    }
}
