package dev.larder.copy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Counts the bytes that the current thread has allocated. Through a handle, because tests are compiled as a part of the
 * module, which does not read jdk.management.
 */
public final class AllocatedBytes {

    private static final MethodHandle COUNTER = counter();

    private AllocatedBytes() {}

    public static long ofThisThread() {
        try {
            return (long) COUNTER.invokeExact();
        } catch (Throwable failure) {
            throw new AssertionError("no allocation counter", failure);
        }
    }

    private static MethodHandle counter() {
        try {
            Class<?> factory = Class.forName("java.lang.management.ManagementFactory");
            Object threads = factory.getMethod("getThreadMXBean").invoke(null);
            Class<?> type = Class.forName("com.sun.management.ThreadMXBean");
            return MethodHandles.publicLookup()
                    .findVirtual(type, "getCurrentThreadAllocatedBytes", MethodType.methodType(long.class))
                    .bindTo(threads);
        } catch (ReflectiveOperationException missing) {
            throw new LinkageError("no allocation counter", missing);
        }
    }
}
