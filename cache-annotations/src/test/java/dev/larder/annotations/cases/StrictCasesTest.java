package dev.larder.annotations.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.annotations.container.Container;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.Test;

/** What strict mode refuses before the first call, the same for each container; see {@link AnnotationCasesTest}. */
class StrictCasesTest {

    /** What all are called by. */
    public interface Source {

        default String find(String name) {
            return name;
        }

        default Integer count(String name) {
            return name.length();
        }
    }

    /** Two types in one cache. */
    public static class TwoTypes implements Source {

        @Override
        @CacheResult(cacheName = "mixed")
        public String find(String name) {
            return name;
        }

        @Override
        @CacheResult(cacheName = "mixed")
        public Integer count(String name) {
            return name.length();
        }
    }

    /** A private method. */
    public static class WithPrivate implements Source {

        @CacheResult(cacheName = "private")
        @SuppressWarnings({"unused", "UnusedMethod"}) // that is what it is about
        private String hidden(String name) {
            return name;
        }
    }

    /** A static method. */
    public static class WithStatic implements Source {

        @CacheResult(cacheName = "static")
        public static String shared(String name) {
            return name;
        }
    }

    /** Nothing wrong. */
    public static class Right implements Source {

        @Override
        @CacheResult(cacheName = "right")
        public String find(String name) {
            return name;
        }
    }

    private static Source started(Class<? extends Source> bean) {
        try (Container container = Container.start(builder -> builder.strict(true), bean)) {
            return container.get(Source.class, bean);
        }
    }

    private static void isRefused(Class<? extends Source> bean, String message) {
        assertThatThrownBy(() -> started(bean)).hasStackTraceContaining(message);
    }

    @Test
    void twoTypesInOneCacheAreRefused() {
        isRefused(TwoTypes.class, "would hold");
    }

    @Test
    void privateMethodIsRefused() {
        isRefused(WithPrivate.class, "because it is private");
    }

    @Test
    void staticMethodIsRefused() {
        isRefused(WithStatic.class, "because it is static");
    }

    @Test
    void whatIsRightIsNotRefused() {
        assertThat(started(Right.class)).isNotNull();
    }
}
