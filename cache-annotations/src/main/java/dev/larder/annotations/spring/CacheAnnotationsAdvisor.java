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
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.StaticMethodMatcherPointcutAdvisor;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;

/** Leads the calls of annotated methods through their caches. */
@SuppressWarnings("serial") // nobody writes it, though its superclass could be
class CacheAnnotationsAdvisor extends StaticMethodMatcherPointcutAdvisor implements BeanFactoryAware {

    private final transient Set<Class<?>> prepared = ConcurrentHashMap.newKeySet();
    private transient @Nullable SpringCacheAnnotations annotations;
    private boolean bySubclass;

    CacheAnnotationsAdvisor() {
        setAdvice((MethodInterceptor) this::invoke);
    }

    @Override
    public void setBeanFactory(BeanFactory factory) {
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
            annotations().prepare(type, bySubclass || type.getInterfaces().length == 0);
            prepared.add(type); // not before: what is refused is refused whenever it is asked for
        }
        return CacheAnnotations.intercepts(type, method);
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
