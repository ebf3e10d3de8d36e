package dev.larder.annotations;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.annotations.internal.method.MethodModels;
import java.lang.reflect.Method;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import kotlin.coroutines.Continuation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Annotations that cannot be meant as they stand. */
class RefusedMethodsTest {

    /** All of them. */
    interface Mistaken {

        @CacheResult
        String findWithValue(String key, @CacheValue String value);

        @CacheRemove
        void removeWithValue(String key, @CacheValue String value);

        @CacheResult
        @Nullable
        Object suspended(String key, Continuation<String> continuation);
    }

    @ParameterizedTest
    @CsvSource({
        "findWithValue, has no use for @CacheValue",
        "removeWithValue, has no use for @CacheValue",
        "suspended, is a suspend function of Kotlin"
    })
    void methodIsRefused(String name, String reason) {
        assertThatThrownBy(() -> MethodModels.find(Mistaken.class, method(name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(reason);
    }

    private static Method method(String name) {
        for (Method method : Mistaken.class.getDeclaredMethods()) {
            if (method.getName().equals(name)) {
                return method;
            }
        }
        throw new AssertionError(name);
    }
}
