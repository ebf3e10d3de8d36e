package dev.larder.copy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes empty objects of Serializable classes as serialisation does: none of the constructors of the class runs, but the
 * one without arguments of its first superclass that is not Serializable.
 *
 * <p>The JDK offers that to libraries in {@code sun.reflect.ReflectionFactory}, of the module {@code jdk.unsupported}. It
 * is called by reflection, because an application may be without that module, and javac warns of the package.
 */
final class SerialConstructors {

    private static final @Nullable MethodHandle FINDER = finder();

    private static final ClassValue<@Nullable Constructor<?>> CONSTRUCTORS = new ClassValue<>() {
        @Override
        protected @Nullable Constructor<?> computeValue(Class<?> type) {
            return find(type);
        }
    };

    private static final Object[] NO_ARGUMENTS = {};

    private SerialConstructors() {}

    static boolean areToBeHad() {
        return FINDER != null;
    }

    /** Tells whether objects of the class can be made. If not, serialisation cannot make them either. */
    static boolean exist(Class<?> type) {
        return CONSTRUCTORS.get(type) != null;
    }

    /** Makes an empty object of the same class. */
    static Object makeLike(Object original) {
        Constructor<?> constructor = Objects.requireNonNull(CONSTRUCTORS.get(original.getClass()));
        try {
            return constructor.newInstance(NO_ARGUMENTS);
        } catch (InvocationTargetException failure) {
            throw CopyException.failed(original, failure.getTargetException());
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError("a constructor that cannot be called: " + constructor, impossible);
        }
    }

    private static @Nullable Constructor<?> find(Class<?> type) {
        try {
            return FINDER == null ? null : (Constructor<?>) FINDER.invokeExact(type);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new AssertionError("an exception that is not declared", impossible);
        }
    }

    private static @Nullable MethodHandle finder() {
        try {
            Class<?> factory = Class.forName("sun.reflect.ReflectionFactory");
            MethodType signature = MethodType.methodType(Constructor.class, Class.class);
            return MethodHandles.publicLookup()
                    .findVirtual(factory, "newConstructorForSerialization", signature)
                    .bindTo(factory.getMethod("getReflectionFactory").invoke(null));
        } catch (ReflectiveOperationException missing) {
            return null;
        }
    }
}
