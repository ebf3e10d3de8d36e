package dev.larder.annotations.internal.method;

import java.util.List;

/**
 * Which exceptions count, by the two lists of an annotation.
 *
 * @param included only these count, if there are any
 * @param excluded these do not
 * @param all whether all count if both lists are empty
 */
public record ExceptionFilter(
        List<Class<? extends Throwable>> included, List<Class<? extends Throwable>> excluded, boolean all) {

    static ExceptionFilter of(
            Class<? extends Throwable>[] included, Class<? extends Throwable>[] excluded, boolean all) {
        return new ExceptionFilter(List.of(included), List.of(excluded), all);
    }

    /** Whether an exception counts. */
    public boolean takes(Throwable exception) {
        if (included.isEmpty() && excluded.isEmpty()) {
            return all;
        }
        return (included.isEmpty() || isOneOf(included, exception)) && !isOneOf(excluded, exception);
    }

    private static boolean isOneOf(List<Class<? extends Throwable>> types, Throwable exception) {
        return types.stream().anyMatch(type -> type.isInstance(exception));
    }
}
