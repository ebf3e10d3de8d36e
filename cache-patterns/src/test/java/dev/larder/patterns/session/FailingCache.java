package dev.larder.patterns.session;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheException;

/** A cache that can be away, and notes which keys processors were sent to. */
final class FailingCache {

    private static final int INVOKES = 4;

    private final Cache<String, byte[]> cache;
    private final List<String> invoked = new ArrayList<>();
    private boolean isAway;
    private Runnable beforeInvoke = () -> {};
    private Class<?> losing = Object.class;
    private int toLose;

    @SuppressWarnings("unchecked") // a proxy of this very type
    FailingCache(Cache<String, byte[]> target) {
        cache = (Cache<String, byte[]>) Proxy.newProxyInstance(
                FailingCache.class.getClassLoader(), new Class<?>[] {Cache.class}, (proxy, method, arguments) -> {
                    if (isAway && !method.getName().equals("getName")) {
                        throw new CacheException("away, on purpose");
                    }
                    if (method.getName().equals("invoke")) {
                        invoked.add((String) arguments[0]);
                        runBeforeInvoke();
                    }
                    try {
                        Object answer = method.invoke(target, arguments);
                        loseAnswer(arguments);
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    Cache<String, byte[]> cache() {
        return cache;
    }

    /** Does something before the next processor runs, once. */
    void beforeInvoke(Runnable action) {
        beforeInvoke = action;
    }

    /** Does something before each of the next processors, which are as many as there are sessions to tell of. */
    void beforeInvokes(Runnable action) {
        Runnable again = () -> {};
        for (int i = 0; i < INVOKES; i++) {
            Runnable next = again;
            again = () -> {
                beforeInvoke = next;
                action.run();
            };
        }
        beforeInvoke = again;
    }

    /** Loses the answers to the next processors of a type, so many of them. */
    void loseAnswers(Class<?> processor, int answers) {
        losing = processor;
        toLose = answers;
    }

    private void loseAnswer(Object[] arguments) {
        if (toLose > 0 && arguments != null && arguments.length > 1 && losing.isInstance(arguments[1])) {
            toLose--;
            throw new CacheException("an answer that was lost, on purpose");
        }
    }

    private void runBeforeInvoke() {
        Runnable once = beforeInvoke;
        beforeInvoke = () -> {};
        once.run();
    }

    void away(boolean away) {
        isAway = away;
        invoked.clear();
    }

    /** Returns the keys that processors were sent to since it went or came. */
    List<String> invoked() {
        return invoked;
    }
}
