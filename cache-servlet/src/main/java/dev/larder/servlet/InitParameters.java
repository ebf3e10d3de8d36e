package dev.larder.servlet;

import jakarta.servlet.FilterConfig;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The init parameters of a filter, as values of some type. What is wrong with one is said with its name and value. */
final class InitParameters {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*([smhd])");
    private static final Pattern BETWEEN = Pattern.compile("[\\s,]+");

    private final FilterConfig config;

    InitParameters(FilterConfig config) {
        this.config = config;
    }

    void requireKnown(Set<String> known) {
        for (String name : Collections.list(config.getInitParameterNames())) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("filter " + config.getFilterName() + " has no init parameter \""
                        + name + "\"; there are " + String.join(", ", new TreeSet<>(known)));
            }
        }
    }

    @Nullable
    String text(String name) {
        String value = config.getInitParameter(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    String text(String name, String otherwise) {
        String value = text(name);
        return value == null ? otherwise : value;
    }

    /** Words between spaces, commas or line breaks. */
    List<String> words(String name) {
        String value = text(name);
        return value == null ? List.of() : Arrays.asList(BETWEEN.split(value));
    }

    @Nullable
    Boolean flag(String name) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(name, value, "write true or false");
        };
    }

    @Nullable
    Duration duration(String name) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        Matcher matcher = DURATION.matcher(value);
        if (!matcher.matches()) {
            throw wrong(name, value, "write a number and s, m, h or d, for example 30m");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    /** One of the constants, written as in Java or as in {@code sameSite=lax}. */
    <E extends Enum<E>> @Nullable E choice(String name, Class<E> type) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().replace("_", "").equalsIgnoreCase(value.replaceAll("[_-]", ""))) {
                return constant;
            }
        }
        throw wrong(name, value, "write one of " + Arrays.toString(type.getEnumConstants()));
    }

    /** Hands on what a parameter says, if it is there. */
    static <T> void ifSaid(@Nullable T value, Consumer<T> setting) {
        if (value != null) {
            setting.accept(value);
        }
    }

    IllegalArgumentException wrong(String name, String value, String remedy) {
        return new IllegalArgumentException(
                "init parameter " + name + " of filter " + config.getFilterName() + " is \"" + value + "\"; " + remedy);
    }
}
