package dev.larder.annotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.cache.CacheManager;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A class of two interfaces, of which a proxy has one. */
class ProxiedInterfaceTest {

    private final CacheManager manager = Managers.of(Managers.LARDER);

    /** Proxied, and here by what is above it. */
    interface Proxied extends AboveProxied {}

    /** What a proxy of the other has too. */
    interface AboveProxied {

        @CacheResult(cacheName = "proxied")
        String find(String key);
    }

    /** Not proxied. */
    interface Other {

        @CacheResult(cacheName = "other")
        String count(String key);
    }

    private static class One implements Proxied {

        @Override
        public String find(String key) {
            return key;
        }
    }

    private static final class Both extends One implements Other {

        @Override
        public String count(String key) {
            return key;
        }
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    private CacheAnnotations annotations(boolean strict) {
        return CacheAnnotations.builder().cacheManager(manager).strict(strict).build();
    }

    @Test
    void annotationOfAnotherInterfaceIsRefusedInStrictMode() {
        assertThatThrownBy(() -> CachedProxy.of(Proxied.class, new Both(), annotations(true)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("count")
                .hasMessageContaining("because the proxy's " + Proxied.class.getName() + " does not have it");
    }

    @Test
    void annotationAboveTheInterfaceIsNotRefused() {
        assertThatCode(() -> CachedProxy.of(Proxied.class, new One(), annotations(true)))
                .doesNotThrowAnyException();
    }

    @Test
    void annotationOfAnotherInterfaceIsLoggedOnce() {
        try (LoggedWarnings warnings = LoggedWarnings.of("dev.larder.annotations")) {
            CacheAnnotations annotations = annotations(false);
            CachedProxy.of(Proxied.class, new Both(), annotations);
            CachedProxy.of(Proxied.class, new Both(), annotations);

            assertThat(warnings.messages())
                    .singleElement()
                    .asString()
                    .contains("count", "cannot be intercepted", Proxied.class.getName());
        }
    }
}
