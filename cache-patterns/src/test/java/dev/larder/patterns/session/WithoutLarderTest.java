package dev.larder.patterns.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.junit.jupiter.api.Test;

/** Sessions where there are neither cache-jcache nor Jackson. */
class WithoutLarderTest {

    private static final Pattern LEFT_OUT = Pattern.compile(".*(cache-jcache|cache-core|jackson).*");

    /** What is done there. */
    public static final class Inside implements Callable<Object> {

        @Override
        public Object call() {
            try (CacheManager manager = Caching.getCachingProvider().getCacheManager()) {
                SessionStore store =
                        SessionStore.in(manager, "sessions").index("user").build();
                Session session = store.create();
                session.attribute("user", "ann");
                store.save(session);
                store.rotateId(session);
                Session found = store.find(session.id());
                return found == null ? "nothing" : String.valueOf(found.attribute("user"));
            }
        }
    }

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(path, e);
        }
    }

    @Test
    void sessionsNeedNeitherLarderNorJackson() throws Exception {
        URL[] urls = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(path -> !LEFT_OUT.matcher(path).matches())
                .map(WithoutLarderTest::url)
                .toArray(URL[]::new);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            assertThat(isThere("dev.larder.jcache.LarderEntry", loader)).isFalse();

            Object answer = run(loader);

            assertThat(answer).isEqualTo("ann");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static Object run(ClassLoader loader) throws Exception {
        Object inside =
                loader.loadClass(Inside.class.getName()).getConstructor().newInstance();
        return ((Callable<?>) inside).call();
    }

    private static boolean isThere(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader) != null;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
