package dev.larder.store.guard;

import dev.larder.store.Store;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes a store fail at will, and counts what it is asked. */
final class FlakyStore {

    /** How a call ends. */
    enum Mood {
        /** It is answered. */
        WELL,
        /** It never reaches the store, and says so. */
        DOWN,
        /** It is done, but the answer is lost. */
        ANSWER_LOST,
        /** It is not done, but nobody knows. */
        QUESTION_LOST
    }

    /** What even a store that is down can do. */
    private static final Set<String> LOCAL =
            Set.of("traits", "listen", "close", "destroy", "estimatedSize", "toString");

    private final AtomicInteger calls = new AtomicInteger();
    private volatile Mood mood = Mood.WELL;

    void turn(Mood newMood) {
        mood = newMood;
    }

    int calls() {
        return calls.get();
    }

    @SuppressWarnings("unchecked") // the proxy passes on what the store gives
    <K, V> Store<K, V> over(Store<K, V> store) {
        return (Store<K, V>) Proxy.newProxyInstance(
                FlakyStore.class.getClassLoader(),
                new Class<?>[] {Store.class},
                (proxy, method, arguments) -> call(store, method, arguments));
    }

    private Object call(Store<?, ?> store, Method method, Object[] arguments) throws Throwable {
        if (LOCAL.contains(method.getName())) {
            return invoke(store, method, arguments);
        }
        calls.incrementAndGet();
        return switch (mood) {
            case WELL -> invoke(store, method, arguments);
            case DOWN -> throw new StoreException("down", Applied.NO, null);
            case QUESTION_LOST -> throw new StoreException("timed out", Applied.UNKNOWN, null);
            case ANSWER_LOST -> {
                invoke(store, method, arguments);
                throw new StoreException("timed out", Applied.UNKNOWN, null);
            }
        };
    }

    private static Object invoke(Store<?, ?> store, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
