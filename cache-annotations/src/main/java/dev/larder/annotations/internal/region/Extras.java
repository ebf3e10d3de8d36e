package dev.larder.annotations.internal.region;

import dev.larder.annotations.extra.Tags;
import dev.larder.annotations.extra.Ttl;
import dev.larder.annotations.internal.method.MethodModel;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Ttl} and {@link Tags} ask of a method's cache.
 *
 * @param method whose they are
 * @param ttl null if none is asked for
 * @param tags patterns, in which numbers in braces stand for arguments
 */
public record Extras(MethodModel method, @Nullable Duration ttl, List<String> tags) {

    private static final System.Logger LOGGER = System.getLogger(Extras.class.getName());

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException if the TTL is not more than zero
     */
    public static Extras of(MethodModel method) {
        Ttl ttl = method.ttl();
        Tags tags = method.tags();
        if (ttl != null && ttl.value() <= 0) {
            throw new IllegalArgumentException(method + ": a TTL must be more than zero: " + ttl.value());
        }
        return new Extras(
                method,
                ttl == null ? null : Duration.of(ttl.value(), ttl.unit().toChronoUnit()),
                tags == null ? List.of() : List.of(tags.value()));
    }

    private boolean areNone() {
        return ttl == null && tags.isEmpty();
    }

    /**
     * Returns how to store what they ask for.
     *
     * @param strict whether a cache that cannot do it is refused, instead of used without
     */
    Storing storingIn(Cache<?, ?> cache, boolean strict) {
        if (areNone()) {
            return Storing.PLAIN;
        }
        if (isLarder(cache)) {
            return new LarderStoring(this);
        }
        String message =
                method + ": cache \"" + cache.getName() + "\" is not one of Larder's and knows no @Ttl and @Tags";
        if (strict) {
            throw new IllegalArgumentException(message);
        }
        LOGGER.log(Level.WARNING, () -> message + "; they are ignored");
        return Storing.PLAIN;
    }

    private static boolean isLarder(Cache<?, ?> cache) {
        try {
            return LarderStoring.fits(cache);
        } catch (LinkageError e) {
            return false; // no Larder on the class path
        }
    }

    /** Returns the tags of what came of a call. */
    Set<String> tagsOf(@Nullable Object[] arguments) {
        return tags.stream().map(tag -> fill(tag, arguments)).collect(Collectors.toUnmodifiableSet());
    }

    private static String fill(String tag, @Nullable Object[] arguments) {
        String filled = tag;
        for (int i = 0; i < arguments.length && filled.indexOf('{') >= 0; i++) {
            filled = filled.replace("{" + i + "}", String.valueOf(arguments[i]));
        }
        return filled;
    }
}
