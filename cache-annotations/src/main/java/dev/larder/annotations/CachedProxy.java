package dev.larder.annotations;

import dev.larder.annotations.internal.run.Operation;
import dev.larder.annotations.spi.Invoker;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts the annotations of JSR-107 in force without a container: returns an object of an interface whose calls go through the caches, and then to another object of it.
 *
 * <pre>{@code
 * interface Weather {
 *     @CacheResult(cacheName = "forecasts")
 *     Forecast forecast(String city);
 * }
 *
 * Weather weather = CachedProxy.of(Weather.class, new WeatherService());
 * }</pre>
 *
 * <p>The annotations may stand in the interface, or in the class of the target; at methods that the interface does not have they have no effect, which is logged, and in strict mode refused. Calls that the target makes of itself are not intercepted. The interface must be one that this module can
 * call: public in an exported package, or opened to it, or on the class path.
 */
public final class CachedProxy {

    private CachedProxy() {}

    /** Returns one over the default cache manager of the default provider. */
    public static <T> T of(Class<T> type, T target) {
        return of(type, target, CacheAnnotations.standard());
    }

    /**
     * Returns one.
     *
     * @param type an interface
     * @throws IllegalArgumentException if it is none, or its module does not let it be called, or if an annotation cannot be obeyed
     */
    public static <T> T of(Class<T> type, T target, CacheAnnotations annotations) {
        Objects.requireNonNull(target, "target");
        if (!type.isInterface()) {
            throw new IllegalArgumentException(type.getName() + " is no interface");
        }
        annotations.prepare(target.getClass(), type);
        Handler handler = new Handler(target, stepsOf(type, target.getClass(), annotations));
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Map<Method, Step> stepsOf(Class<?> type, Class<?> target, CacheAnnotations annotations) {
        Map<Method, Step> steps = new HashMap<>();
        for (Method method : type.getMethods()) {
            if (!Modifier.isStatic(method.getModifiers())) {
                steps.put(method, new Step(annotations.operation(target, method), new MethodInvoker(method)));
            }
        }
        return steps;
    }

    /**
     * What happens at a call of one method.
     *
     * @param operation null if it is not annotated
     */
    private record Step(@Nullable Operation operation, Invoker invoker) {

        @Nullable
        Object take(Object target, @Nullable Object[] arguments) throws Throwable {
            return operation == null ? invoker.invoke(target, arguments) : operation.run(target, arguments, invoker);
        }
    }

    private record MethodInvoker(Method method) implements Invoker {

        MethodInvoker {
            if (!method.trySetAccessible()) { // needed for an interface that is not public
                Class<?> type = method.getDeclaringClass();
                throw new IllegalArgumentException(type.getName() + " cannot be called from "
                        + CachedProxy.class.getModule() + "; in its " + type.getModule() + ", exports "
                        + type.getPackageName() + " if the interface is public, else opens it");
            }
        }

        @Override
        public @Nullable Object invoke(Object target, @Nullable Object[] arguments) throws Throwable {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }

    private record Handler(Object target, Map<Method, Step> steps) implements InvocationHandler {

        private static final Object[] NONE = {};

        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            Step step = steps.get(method);
            @Nullable Object[] given = arguments == null ? NONE : arguments;
            return step == null ? ofObject(method, given) : step.take(target, given);
        }

        /** The methods of {@link Object}: a proxy equals another of the same target. */
        private Object ofObject(Method method, @Nullable Object[] arguments) {
            return switch (method.getName()) {
                case "equals" -> isProxyOfTarget(arguments[0]);
                case "hashCode" -> target.hashCode();
                default -> target.toString();
            };
        }

        private boolean isProxyOfTarget(@Nullable Object other) {
            return other != null
                    && Proxy.isProxyClass(other.getClass())
                    && Proxy.getInvocationHandler(other) instanceof Handler handler
                    && handler.target == target;
        }
    }
}
