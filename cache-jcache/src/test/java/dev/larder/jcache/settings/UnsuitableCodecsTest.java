package dev.larder.jcache.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.codec.frame.CodecSettings.Format;
import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.CodecCustomizer;
import dev.larder.jcache.fixture.CacheMaker;
import dev.larder.jcache.fixture.ForwardingStore;
import dev.larder.store.Store;
import dev.larder.store.StoreContext;
import dev.larder.store.StoreFactory;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings of codecs that a store of bytes cannot open: found when the cache is made, and told with its name. */
class UnsuitableCodecsTest {

    private final CacheMaker maker = new CacheMaker();

    @AfterEach
    void close() {
        maker.close();
    }

    /** Opens stores that make their codec at once, as stores of bytes do. */
    private static final class Bytes implements StoreFactory {

        private static final long serialVersionUID = 1L;

        @Override
        public <K, V> Store<K, V> open(StoreContext<K, V> context) {
            context.codecs().open(context.name(), 0);
            return new ForwardingStore<>(context);
        }
    }

    static Arguments[] unsuitable() {
        return new Arguments[] {
            row(codecs -> codecs.format(Format.JAVA), "only the classes in \"allow\", which is empty"),
            row(codecs -> codecs.format(Format.JSON), "need the type of the values"),
            row(codecs -> codecs.format(Format.CBOR), "jackson-dataformat-cbor, which is not there"),
            row(codecs -> codecs.allow("x", Byte.class).allow("x", Long.class), "the name x was already given")
        };
    }

    private static Arguments row(CodecCustomizer<Object, Object> codecs, String message) {
        return Arguments.of(codecs, message);
    }

    @ParameterizedTest
    @MethodSource("unsuitable")
    void theCacheIsNotMadeAndTheReasonNamesIt(CodecCustomizer<Object, Object> codecs, String message) {
        CacheSettings<Object, Object> settings = CacheSettings.builder(Object.class, Object.class)
                .store(new Bytes())
                .codecs(codecs)
                .build();
        CacheManager manager = maker.manager();

        assertThatThrownBy(() -> manager.createCache("users", settings))
                .isExactlyInstanceOf(CacheException.class)
                .hasMessageStartingWith("cache \"users\": ")
                .hasMessageContaining(message);

        assertThat(manager.getCacheNames()).isEmpty();
    }
}
