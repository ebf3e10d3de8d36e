package dev.larder.jcache.internal.config;

import java.io.Serial;
import java.lang.reflect.InvocationTargetException;
import javax.cache.CacheException;
import javax.cache.configuration.Factory;

/**
 * Makes a loader or a writer of the class that a configuration file names.
 *
 * @param type the class
 * @param where says where it is named
 */
record NamedClass<T>(Class<? extends T> type, String where) implements Factory<T> {

    @Serial
    private static final long serialVersionUID = 1L;

    @Override
    public T create() {
        try {
            return type.getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw failed("cannot be made: its constructor threw " + e.getTargetException(), e.getTargetException());
        } catch (ReflectiveOperationException e) {
            throw failed("cannot be made: " + e + "; it must be public, and its package open to Larder", e);
        }
    }

    private CacheException failed(String rule, Throwable cause) {
        return new CacheException(where + ": " + type.getName() + " " + rule, cause);
    }
}
