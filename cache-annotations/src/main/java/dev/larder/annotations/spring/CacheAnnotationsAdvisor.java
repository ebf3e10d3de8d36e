package dev.larder.annotations.spring;

import dev.larder.annotations.CacheAnnotations;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.config.AopConfigUtils;
import org.springframework.aop.framework.ProxyConfig;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.StaticMethodMatcherPointcutAdvisor;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.util.ClassUtils;

/** Leads the calls of annotated methods through their caches. */
@SuppressWarnings("serial") // nobody writes it, though its superclass could be
class CacheAnnotationsAdvisor extends StaticMethodMatcherPointcutAdvisor implements BeanFactoryAware {

    private final transient Set<Class<?>> prepared = ConcurrentHashMap.newKeySet();
    private transient @Nullable SpringCacheAnnotations annotations;
    private transient @Nullable BeanFactory factory;
    private boolean bySubclass;

    CacheAnnotationsAdvisor() {
        setAdvice((MethodInterceptor) this::invoke);
    }

    @Override
    public void setBeanFactory(BeanFactory factory) {
        this.factory = factory;
        annotations = new SpringCacheAnnotations(factory);
    }

    /** Says whether beans are proxied by a subclass although they have interfaces. */
    public void setBySubclass(boolean bySubclass) {
        this.bySubclass = bySubclass;
    }

    @Override
    public boolean matches(Method method, Class<?> type) {
        if (!CacheAnnotations.concerns(type)) {
            return false; // asked of all beans, of those too that the engine is made of
        }
        if (!type.isInterface() && !prepared.contains(type)) {
            annotations().prepare(type, isProxiedBySubclass(type));
            prepared.add(type); // not before: what is refused is refused whenever it is asked for
        }
        return CacheAnnotations.intercepts(type, method);
    }

    private boolean isProxiedBySubclass(Class<?> type) {
        return bySubclass || ClassUtils.getAllInterfacesForClass(type).length == 0 || allAreProxiedBySubclass();
    }

    /** Spring has one creator of such proxies, whoever else told it how, as Spring Boot does. */
    private boolean allAreProxiedBySubclass() {
        return Objects.requireNonNull(factory, "factory").getBean(AopConfigUtils.AUTO_PROXY_CREATOR_BEAN_NAME)
                        instanceof ProxyConfig creator
                && creator.isProxyTargetClass();
    }

    private @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Object target = Objects.requireNonNull(invocation.getThis(), "target");
        return annotations()
                .invoke(
                        classOf(target),
                        invocation.getMethod(),
                        target,
                        invocation.getArguments().clone(),
                        (same, arguments) -> invocation.proceed());
    }

    /** Of a proxy its own class, since that has the interfaces where annotations are; what is behind it may have none of them. */
    private static Class<?> classOf(Object target) {
        return Proxy.isProxyClass(target.getClass()) ? target.getClass() : AopUtils.getTargetClass(target);
    }

    private CacheAnnotations annotations() {
        return Objects.requireNonNull(annotations, "annotations").get();
    }
}
