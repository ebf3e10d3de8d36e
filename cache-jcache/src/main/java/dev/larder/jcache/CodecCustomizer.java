package dev.larder.jcache;

import dev.larder.codec.frame.CodecSettings;
import java.io.Serializable;

/**
 * Says how a store of bytes is to write the keys and values of a cache; see {@link CacheSettings.Builder#codecs}.
 *
 * <p>Serializable because it is part of a cache's configuration, which JSR-107 wants to be.
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
@FunctionalInterface
public interface CodecCustomizer<K, V> extends Serializable {

    /**
     * Changes the settings, or begins others.
     *
     * @param codecs settings for the declared types of the cache
     * @return those to be built: the same, or others for types with arguments, as {@code List<Price>}
     */
    CodecSettings.Builder<K, V> customize(CodecSettings.Builder<K, V> codecs);
}
