package dev.larder.annotations.internal.method;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a method hands out what is cached: as it is, in an {@link Optional}, as the outcome of a stage, or both.
 *
 * @param staged whether it returns a {@link CompletionStage} or {@link CompletableFuture}
 * @param optional whether what it returns, or what the stage ends with, is an {@link Optional}
 * @param content the type of what is cached
 */
public record ResultShape(boolean staged, boolean optional, Type content) {

    /**
     * Returns that of a type of result.
     *
     * @throws IllegalArgumentException if none of that type can be made of what is cached
     */
    static ResultShape of(Type type, TypeVariables variables) {
        Type result = variables.meaningOf(type);
        Class<?> raw = variables.classOf(result);
        boolean staged = raw == CompletionStage.class || raw == CompletableFuture.class;
        if (!staged && (CompletionStage.class.isAssignableFrom(raw) || Future.class.isAssignableFrom(raw))) {
            throw new IllegalArgumentException("a " + raw.getName()
                    + " cannot be made of a cached value; return a CompletionStage or CompletableFuture");
        }
        Type outcome = staged ? argumentOf(result, variables) : result;
        boolean optional = variables.classOf(outcome) == Optional.class;
        return new ResultShape(staged, optional, optional ? argumentOf(outcome, variables) : outcome);
    }

    private static Type argumentOf(Type type, TypeVariables variables) {
        return type instanceof ParameterizedType parameterized
                ? variables.meaningOf(parameterized.getActualTypeArguments()[0])
                : Object.class;
    }

    /** Returns what the caller gets for content, or for none. */
    public @Nullable Object wrap(@Nullable Object content) {
        if (!staged && !optional) {
            return content;
        }
        Object outcome = optional ? Optional.ofNullable(content) : content;
        return staged ? CompletableFuture.completedFuture(outcome) : outcome;
    }

    /** Returns what the caller gets for a failure, if he gets it as a result. */
    @SuppressWarnings("FutureReturnValueIgnored") // it is returned
    public Object failed(Throwable failure) throws Throwable {
        if (staged) {
            return CompletableFuture.failedFuture(failure);
        }
        throw failure;
    }

    /** Returns what can be cached of a result, or of the outcome of a stage; null is nothing. */
    public @Nullable Object unwrap(@Nullable Object outcome) {
        return optional && outcome instanceof Optional<?> present ? present.orElse(null) : outcome;
    }

    /** Returns what another caller gets of the same result: a stage of his own, so that nobody can cancel that of others. */
    public @Nullable Object share(@Nullable Object result) {
        return staged && result instanceof CompletionStage<?> stage ? stage.thenApply(Function.identity()) : result;
    }
}
