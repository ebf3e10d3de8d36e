package dev.larder.annotations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.annotations.internal.method.MethodModels;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An application server throws an application's class loader away, and keeps the classes that it asked about: those of the JDK, and of other class loaders. */
class ClassLoaderTest {

    @Test
    @Timeout(300)
    void classLoaderIsNotHeldByClassesOfTheJdk() throws Exception {
        URL[] urls = {locationOf(MethodModels.class), locationOf(CacheResult.class)};

        awaitCollection(usedLoader(urls, ClassLoader.getPlatformClassLoader(), String.class, false));
    }

    /** Of a library that several applications share, each with a Larder of its own. */
    static class Shared {

        @CacheResult
        String find(String key) {
            return key;
        }
    }

    @Test
    @Timeout(300)
    void classLoaderIsNotHeldByAnnotatedClassesOfAnotherThatOutlivesIt() throws Exception {
        URL[] shared = {locationOf(Shared.class), locationOf(CacheResult.class)};
        try (URLClassLoader parent = new URLClassLoader(shared, ClassLoader.getPlatformClassLoader())) {
            Class<?> annotated = parent.loadClass(Shared.class.getName());

            awaitCollection(usedLoader(new URL[] {locationOf(MethodModels.class)}, parent, annotated, true));

            assertThat(annotated.getClassLoader()).isSameAs(parent);
        }
    }

    private static void awaitCollection(WeakReference<ClassLoader> loader) throws InterruptedException {
        while (loader.get() != null) { // for ever if it is held; not so if the JVM itself had it in hands for a moment
            System.gc();
            Thread.sleep(10);
        }
    }

    /** Returns one whose library was asked about a class. */
    private static WeakReference<ClassLoader> usedLoader(
            URL[] urls, ClassLoader parent, Class<?> asked, boolean annotated) throws Exception {
        try (URLClassLoader loader = new URLClassLoader(urls, parent)) {
            Class<?> models = loader.loadClass(MethodModels.class.getName());
            assertThat(models).isNotSameAs(MethodModels.class);
            assertThat(models.getClassLoader()).isSameAs(loader);
            assertThat(models.getMethod("anyIn", Class.class).invoke(null, asked))
                    .isEqualTo(annotated);
            return new WeakReference<>(loader);
        }
    }

    private static URL locationOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
