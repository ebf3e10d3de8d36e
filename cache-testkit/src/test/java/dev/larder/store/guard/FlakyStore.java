package dev.larder.store.guard;

import dev.larder.store.Store;
import dev.larder.store.StoreException;
import dev.larder.store.StoreException.Applied;
import dev.larder.store.StoreTimeoutException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

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
        QUESTION_LOST,
        /** It is not done yet, when its caller hears no more of it; see {@link #arrive()}. */
        LATE,
        /** It throws what no store should. */
        THROWING
    }

    /** What even a store that is down can do. */
    private static final Set<String> LOCAL = Set.of("traits", "listen", "tagNumber", "close", "destroy", "toString");

    private final AtomicInteger calls = new AtomicInteger();
    private final List<Late> late = new ArrayList<>();
    private volatile Mood mood = Mood.WELL;
    private volatile Supplier<? extends Throwable> thrown = IllegalStateException::new;

    /** A call that its caller gave up. */
    private record Late(Call call, CompletableFuture<?> end) {}

    @FunctionalInterface
    private interface Call {
        Object make() throws Throwable;
    }

    void turn(Mood newMood) {
        mood = newMood;
    }

    /** Throws this from now on. */
    void turnTo(Supplier<? extends Throwable> newThrown) {
        thrown = newThrown;
        mood = Mood.THROWING;
    }

    /** Lets all calls that are late be done, each with its end. */
    void arrive() throws Throwable {
        List<Late> arriving = List.copyOf(late);
        late.clear();
        for (Late each : arriving) {
            each.call().make();
            each.end().complete(null);
        }
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
            case THROWING -> throw thrown.get();
            case LATE -> {
                CompletableFuture<?> end = new CompletableFuture<>();
                late.add(new Late(() -> invoke(store, method, arguments), end));
                throw new StoreTimeoutException("late", Applied.UNKNOWN, end);
            }
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
