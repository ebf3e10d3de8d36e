package dev.larder.copy;

import java.lang.ref.WeakReference;

/**
 * The class loader that copies belong to. A class that this loader knows by the same name as another class is
 * <em>foreign</em>: its values are moved to the loader's class. A class the loader does not know stays as it is.
 *
 * <p>The loader is held weakly, because whoever copies for an application must not keep the application alive. Once it
 * is gone no class is foreign.
 */
final class HomeLoader {

    private final WeakReference<ClassLoader> loader;

    HomeLoader(ClassLoader loader) {
        this.loader = new WeakReference<>(loader);
    }

    /** Returns the class that copies of the given class's values have. */
    Class<?> homeOf(Class<?> type) {
        ClassLoader own = type.getClassLoader();
        ClassLoader home = loader.get();
        return own == null || home == null || own == home ? type : find(type, home);
    }

    boolean isForeign(Class<?> type) {
        return homeOf(type) != type;
    }

    private static Class<?> find(Class<?> type, ClassLoader home) {
        try {
            return Class.forName(type.getName(), false, home);
        } catch (ClassNotFoundException | LinkageError unknown) {
            return type;
        }
    }
}
