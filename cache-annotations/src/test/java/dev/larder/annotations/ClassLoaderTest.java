package dev.larder.annotations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.annotations.internal.method.MethodModels;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An application server throws an application's class loader away, and keeps the classes of the JDK that it asked about. */
class ClassLoaderTest {

    @Test
    @Timeout(60)
    void classLoaderIsNotHeldByClassesOfTheJdk() throws Exception {
        WeakReference<ClassLoader> loader = new WeakReference<>(usedLoader());

        while (loader.get() != null) { // for ever if it is held; not so if the JVM itself had it in hands for a moment
            System.gc();
            Thread.sleep(10);
        }
    }

    private static ClassLoader usedLoader() throws Exception {
        URL[] urls = {locationOf(MethodModels.class), locationOf(CacheResult.class)};
        try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            Class<?> models = loader.loadClass(MethodModels.class.getName());
            assertThat(models).isNotSameAs(MethodModels.class);
            assertThat(models.getMethod("anyIn", Class.class).invoke(null, String.class))
                    .isEqualTo(false);
            return loader;
        }
    }

    private static URL locationOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
