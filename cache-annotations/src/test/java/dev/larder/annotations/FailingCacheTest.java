package dev.larder.annotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.larder.annotations.spi.FailureHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import javax.cache.configuration.MutableConfiguration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A cache some of whose operations fail. */
class FailingCacheTest {

    private static final CacheException CACHE_FAILURE = new CacheException("cache is gone");

    private final CacheManager manager = Managers.of(Managers.LARDER);
    private final Cache<Object, Object> cache = manager.createCache("rows", new MutableConfiguration<>());
    private final Set<String> failing = new HashSet<>();

    /** What is called. */
    @CacheDefaults(cacheName = "rows")
    interface Rows {

        @CacheResult(exceptionCacheName = "failures")
        String find(@CacheKey String key, @Nullable Exception failure) throws Exception;

        @CacheResult(skipGet = true)
        String update(@CacheKey String key, String value);

        @CachePut(cacheFor = Exception.class)
        void put(@CacheKey String key, @CacheValue String value, @Nullable Exception failure) throws Exception;

        @CacheRemove(evictFor = Exception.class)
        void remove(@CacheKey String key, Exception failure) throws Exception;

        @CacheRemoveAll(evictFor = Exception.class)
        void removeAll(Exception failure) throws Exception;
    }

    private static final class RowsBean implements Rows {

        private static void end(@Nullable Exception failure) throws Exception {
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public String find(String key, @Nullable Exception failure) throws Exception {
            end(failure);
            return "found";
        }

        @Override
        public String update(String key, String value) {
            return value;
        }

        @Override
        public void put(String key, String value, @Nullable Exception failure) throws Exception {
            end(failure);
        }

        @Override
        public void remove(String key, Exception failure) throws Exception {
            end(failure);
        }

        @Override
        public void removeAll(Exception failure) throws Exception {
            end(failure);
        }
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    private Rows rows(FailureHandler failures) {
        return CachedProxy.of(
                Rows.class,
                new RowsBean(),
                CacheAnnotations.builder()
                        .cacheManager(failing(CacheManager.class, manager))
                        .bareKeys(true)
                        .onFailure(failures)
                        .build());
    }

    private <T> T failing(Class<T> type, Object target) {
        return type.cast(Proxy.newProxyInstance(
                FailingCacheTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (target instanceof Cache && failing.contains(method.getName())) {
                        throw CACHE_FAILURE;
                    }
                    try {
                        Object result = method.invoke(target, arguments);
                        return result instanceof Cache ? failing(Cache.class, result) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    /** A call with an exception that its method is to throw. */
    private interface Throwing {

        void call(Rows rows, Exception failure) throws Exception;
    }

    static Stream<Named<Throwing>> calls() {
        return Stream.of(
                Named.of("find", (rows, failure) -> rows.find("key", failure)),
                Named.of("put", (rows, failure) -> rows.put("key", "put", failure)),
                Named.of("remove", (rows, failure) -> rows.remove("key", failure)),
                Named.of("remove all", Rows::removeAll));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void exceptionOfTheMethodIsNotHiddenByThatOfTheCache(Throwing call) {
        Rows rows = rows(FailureHandler.rethrowing());
        failing.addAll(Set.of("put", "remove", "removeAll"));
        Exception failure = new IllegalStateException("of the method");

        ThrowingCallable called = () -> call.call(rows, failure);

        assertThat(catchThrowable(called)).isSameAs(failure).hasSuppressedException(CACHE_FAILURE);
    }

    @Test
    void putThatFailsDoesNotLeaveWhatItReplaces() throws Exception {
        Rows rows = rows(FailureHandler.logging());
        rows.put("put", "old", null);
        rows.update("updated", "old");
        failing.add("put");

        rows.put("put", "new", null);
        rows.update("updated", "new");

        assertThat(cache).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void failureOfAPutReachesTheHandlerEvenIfNothingCanBeRemovedEither(boolean removes) throws Exception {
        Rows rows = rows(FailureHandler.rethrowing());
        rows.put("key", "old", null);
        failing.addAll(removes ? Set.of("put") : Set.of("put", "remove"));

        ThrowingCallable called = () -> rows.put("key", "new", null);

        assertThat(catchThrowable(called)).isSameAs(CACHE_FAILURE);
        assertThat(cache.containsKey("key")).isEqualTo(!removes);
    }
}
