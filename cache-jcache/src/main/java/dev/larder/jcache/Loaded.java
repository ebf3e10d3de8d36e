package dev.larder.jcache;

import dev.larder.store.Tags;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value that a {@link LoaderWithMetadata} loaded, and what the loader decides about its entry. For example:
 *
 * <pre>{@code
 * Loaded.of(product).withTtl(Duration.ofMinutes(5)).withTags("product", "supplier " + product.supplier())
 * }</pre>
 *
 * @param <V> the type of value
 * @param value the value
 * @param ttl how long the entry lives, whatever the cache's expiry policy says on creation or update; where the cache serves values
 *     that are past their TTL, it does so with this one; zero hands the value out and stores nothing; null leaves it to the policy
 * @param tags the tags of the entry, for {@link LarderCache#invalidateTag}
 */
public record Loaded<V>(V value, @Nullable Duration ttl, Set<String> tags) {

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the TTL is negative, or the tags are not as {@link LarderCache#put(Object, Object, Set)}
     *     wants them
     */
    public Loaded {
        Objects.requireNonNull(value, "value");
        if (ttl != null && ttl.isNegative()) {
            throw new IllegalArgumentException("a TTL must not be negative: " + ttl);
        }
        tags = Tags.of(tags).names();
    }

    /** Returns a value without tags whose TTL is left to the expiry policy. */
    public static <V> Loaded<V> of(V value) {
        return new Loaded<>(value, null, Set.of());
    }

    /** Returns this with a TTL of its own. */
    public Loaded<V> withTtl(Duration newTtl) {
        return new Loaded<>(value, Objects.requireNonNull(newTtl, "newTtl"), tags);
    }

    /** Returns this with these tags and no others. */
    public Loaded<V> withTags(Set<String> newTags) {
        return new Loaded<>(value, ttl, newTags);
    }

    /** Returns this with these tags and no others. */
    public Loaded<V> withTags(String... newTags) {
        return withTags(Set.copyOf(List.of(newTags)));
    }

    /** Returns another value with the TTL and the tags of this. */
    public Loaded<V> withValue(V newValue) {
        return new Loaded<>(newValue, ttl, tags);
    }
}
