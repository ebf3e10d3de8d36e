package dev.larder.conformance.redis;

import dev.larder.patterns.session.internal.record.Bury;
import dev.larder.patterns.session.internal.record.Merge;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.cache.Cache;

/** A cache of sessions that is broken on purpose, and keeps quiet about it. */
final class UnreliableSessions {

    /** What is broken. */
    enum Fault {
        NONE,

        /** A save that comes after the end of its session finds it as it was before, as in a store that saves whole sessions and leaves no tombstone. */
        END_IS_UNDONE,

        /** A save is answered as if it was made, as by a server that dies before it tells its replica. */
        SAVE_IS_SWALLOWED
    }

    private final Cache<String, byte[]> target;
    private final Fault fault;
    private final Map<String, byte[]> buried = new ConcurrentHashMap<>();
    private volatile Runnable beforeSave = () -> {};

    UnreliableSessions(Cache<String, byte[]> target, Fault fault) {
        this.target = target;
        this.fault = fault;
    }

    /** Does something before the next save, once, which is late thereby. */
    void beforeNextSave(Runnable action) {
        beforeSave = action;
    }

    @SuppressWarnings("unchecked") // a proxy of this very type
    Cache<String, byte[]> cache() {
        return (Cache<String, byte[]>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Cache.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("invoke") && arguments[1] instanceof Merge) {
                        return save(() -> method.invoke(target, arguments), (String) arguments[0]);
                    }
                    if (method.getName().equals("invoke") && arguments[1] instanceof Bury) {
                        keep((String) arguments[0]);
                    }
                    return call(() -> method.invoke(target, arguments));
                });
    }

    private void keep(String key) {
        byte[] bytes = target.get(key);
        if (bytes != null) {
            buried.putIfAbsent(key, bytes);
        }
    }

    private Object save(Call save, String key) throws Throwable {
        Runnable once = beforeSave;
        beforeSave = () -> {};
        once.run();
        byte[] ended = buried.remove(key);
        if (fault == Fault.END_IS_UNDONE && ended != null) {
            target.put(key, ended);
        }
        byte[] before = target.get(key);
        Object answer = call(save);
        if (fault == Fault.SAVE_IS_SWALLOWED && before != null) { // not the first one, or there is no session
            target.put(key, before);
        }
        return answer;
    }

    private static Object call(Call call) throws Throwable {
        try {
            return call.make();
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** A call of the cache behind. */
    @FunctionalInterface
    private interface Call {
        Object make() throws ReflectiveOperationException;
    }
}
