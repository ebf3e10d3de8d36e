package dev.larder.copy;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Predicate;

/** Defines some of the parent's classes once more, as the loader of another application would. */
final class ChildLoader extends ClassLoader {

    private final Predicate<String> own;

    ChildLoader(Predicate<String> own) {
        super(ChildLoader.class.getClassLoader());
        this.own = own;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                loaded = own.test(name) ? define(name) : super.loadClass(name, resolve);
            }
            return loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream source = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            byte[] bytes = source.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
    }
}
