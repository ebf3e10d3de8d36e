package dev.larder.annotations.spi;

import org.jspecify.annotations.Nullable;

/** Calls the method that was intercepted. */
@FunctionalInterface
public interface Invoker {

    /**
     * Calls it.
     *
     * @param target what it is called on
     * @param arguments those of the call, unchanged
     * @return what it returned
     * @throws Throwable what it threw, not wrapped
     */
    @Nullable
    Object invoke(Object target, @Nullable Object[] arguments) throws Throwable;
}
