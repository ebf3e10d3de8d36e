package dev.larder.annotations.internal.region;

import dev.larder.annotations.extra.Tags;
import dev.larder.annotations.extra.Ttl;
import dev.larder.annotations.internal.method.MethodModel;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /** Of an argument. */
    private static final Pattern NUMBER = Pattern.compile("[{](\\d{1,3})[}]");

    private static final System.Logger LOGGER = System.getLogger(Extras.class.getName());

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException if the TTL is not more than zero, or a tag names an argument that there is not
     */
    public static Extras of(MethodModel method) {
        Ttl ttl = method.ttl();
        Tags tags = method.tags();
        if (ttl != null && ttl.value() <= 0) {
            throw new IllegalArgumentException(method + ": a TTL must be more than zero: " + ttl.value());
        }
        List<String> patterns = tags == null ? List.of() : List.of(tags.value());
        patterns.forEach(tag -> checkNumbers(method, tag));
        return new Extras(
                method, ttl == null ? null : Duration.of(ttl.value(), ttl.unit().toChronoUnit()), patterns);
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

    /** In one pass: what arguments say is not filled again, or they would decide on tags. */
    private static String fill(String tag, @Nullable Object[] arguments) {
        return NUMBER.matcher(tag)
                .replaceAll(number -> Matcher.quoteReplacement(String.valueOf(arguments[position(number)])));
    }

    private static int position(MatchResult number) {
        return Integer.parseInt(number.group(1));
    }

    private static void checkNumbers(MethodModel method, String tag) {
        int count = method.parameters().size();
        NUMBER.matcher(tag)
                .results()
                .filter(number -> position(number) >= count)
                .forEach(number -> {
                    throw new IllegalArgumentException(method + ": tag \"" + tag + "\" asks for argument "
                            + number.group() + " of " + count + "; the first is {0}");
                });
    }
}
