package dev.larder.annotations.cdi;

import dev.larder.annotations.internal.method.Interception;
import dev.larder.annotations.internal.method.MethodModels;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Puts the annotations of JSR-107 in force in CDI Full: finds the methods they are for, in classes and above them, and binds them to the interceptor. */
public class CacheAnnotationsExtension implements Extension {

    private static final CacheIntercepted BINDING = Binding.class.getDeclaredAnnotation(CacheIntercepted.class);

    private final Set<Class<?>> beans = ConcurrentHashMap.newKeySet();

    @CacheIntercepted
    private static final class Binding {}

    void addOwnBeans(@Observes BeforeBeanDiscovery event) {
        event.addAnnotatedType(CacheInterceptor.class, CacheInterceptor.class.getName());
        event.addAnnotatedType(CdiCacheAnnotations.class, CdiCacheAnnotations.class.getName());
    }

    <T> void bind(@Observes ProcessAnnotatedType<T> event) {
        Class<T> type = event.getAnnotatedType().getJavaClass();
        if (isAnnotated(type)) {
            event.configureAnnotatedType()
                    .filterMethods(method -> isFor(type, method))
                    .forEach(method -> method.add(BINDING));
        }
    }

    private static boolean isAnnotated(Class<?> type) {
        try {
            return !type.isInterface() && !type.isAnnotation() && MethodModels.anyIn(type);
        } catch (LinkageError | TypeNotPresentException e) {
            return false; // a class in the archive that lacks others; it cannot become a bean
        }
    }

    private static <T> boolean isFor(Class<T> type, AnnotatedMethod<? super T> annotated) {
        Method method = annotated.getJavaMember();
        return Interception.BY_SUBCLASS.reaches(type, method) && MethodModels.find(type, method) != null;
    }

    void note(@Observes ProcessManagedBean<?> event) {
        Class<?> type = event.getAnnotatedBeanClass().getJavaClass();
        if (isAnnotated(type)) {
            beans.add(type);
        }
    }

    void check(@Observes AfterDeploymentValidation event, BeanManager manager) {
        if (beans.isEmpty()) {
            return;
        }
        CdiCacheAnnotations annotations =
                manager.createInstance().select(CdiCacheAnnotations.class).get();
        for (Class<?> type : beans) {
            try {
                annotations.get().prepare(type, true);
            } catch (IllegalArgumentException e) {
                event.addDeploymentProblem(e);
            }
        }
    }
}
