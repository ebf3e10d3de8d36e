package dev.larder.jcache;

import java.time.Duration;
import javax.cache.processor.MutableEntry;

/**
 * What an entry can do beyond JCache while an entry processor holds it. Got by
 * {@code entry.unwrap(LarderEntry.class)}, for example:
 *
 * <pre>{@code
 * cache.invoke("key", (entry, arguments) -> {
 *     entry.setValue("value");
 *     entry.unwrap(LarderEntry.class).setTtl(Duration.ofMinutes(5));
 *     return null;
 * });
 * }</pre>
 *
 * @param <K> the type of key
 * @param <V> the type of value
 */
public interface LarderEntry<K, V> extends MutableEntry<K, V> {

    /**
     * Lets the value that the entry has when the processor returns live for that long from then on, whatever the expiry
     * policy says. It changes nothing if the entry has no value then.
     *
     * @param ttl zero or more; zero drops the value
     */
    void setTtl(Duration ttl);

    /**
     * Stores the value that the processor sets, or that was loaded for it, with these tags and no others; see
     * {@link LarderCache#put(Object, Object, Set)}. It changes nothing if the processor leaves the value alone. A tag that is
     * invalidated while the processor runs drops the value as if it had been stored before.
     *
     * @throws IllegalArgumentException if there are too many tags, or one is empty or too long
     * @throws UnsupportedOperationException if the cache's store knows no tags
     */
    void setTags(String... tags);
}
