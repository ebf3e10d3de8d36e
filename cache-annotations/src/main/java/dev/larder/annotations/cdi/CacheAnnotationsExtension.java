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
import jakarta.enterprise.inject.spi.configurator.AnnotatedTypeConfigurator;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Puts the annotations of JSR-107 in force in CDI Full: finds the methods they are for, in classes and above them, and binds them to the interceptor. */
public class CacheAnnotationsExtension implements Extension {

    private static final CacheIntercepted BINDING = Binding.class.getDeclaredAnnotation(CacheIntercepted.class);

    private static final System.Logger LOGGER = System.getLogger(CacheAnnotationsExtension.class.getName());

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
            AnnotatedTypeConfigurator<T> configured = event.configureAnnotatedType();
            configured.filterMethods(method -> isFor(type, method)).forEach(method -> method.add(BINDING));
            warnOfMissed(type, configured);
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
        return Interception.bySubclass().reaches(type, method) && MethodModels.find(type, method) != null;
    }

    /** OpenWebBeans does not show a bean's default methods, and intercepts none that it does not show. */
    private static <T> void warnOfMissed(Class<T> type, AnnotatedTypeConfigurator<T> configured) {
        Set<Method> shown = configured.methods().stream()
                .map(method -> method.getAnnotated().getJavaMember())
                .collect(Collectors.toSet());
        for (Method method : type.getMethods()) {
            if (method.isDefault() && !shown.contains(method) && MethodModels.find(type, method) != null) {
                LOGGER.log(
                        Level.WARNING,
                        () -> method + " is annotated and not intercepted, as this container does not show"
                                + " default methods; override it in " + type.getName());
            }
        }
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
