package dev.larder.spring.session;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The types that attributes may hold, by name. Immutable. */
final class AllowedTypes {

    private static final String BELOW = ".**";
    private static final String IN = ".*";

    /** What Spring itself puts into sessions, and what that is made of. */
    private static final List<String> SPRING = List.of(
            "org.springframework.security.**",
            "org.springframework.util.LinkedMultiValueMap",
            "org.springframework.util.MultiValueMapAdapter",
            "org.springframework.web.servlet.FlashMap",
            // Serialisation writes the failures that end it, too.
            "java.io.IOException",
            "java.io.InvalidClassException",
            "java.io.NotSerializableException",
            "java.io.ObjectStreamException",
            "java.lang.*",
            "java.math.*",
            "java.net.URI",
            "java.net.URL",
            "java.sql.Date",
            "java.sql.Time",
            "java.sql.Timestamp",
            "java.time.*",
            "java.time.chrono.*",
            "java.util.*",
            "java.util.concurrent.*",
            "java.util.concurrent.atomic.*",
            "java.util.concurrent.locks.*");

    private final Set<String> classes = new HashSet<>();
    private final Set<String> packages = new HashSet<>();
    private final Set<String> roots = new HashSet<>();

    private AllowedTypes() {}

    static AllowedTypes of(Collection<String> own) {
        AllowedTypes types = new AllowedTypes();
        Stream.concat(SPRING.stream(), own.stream()).forEach(types::add);
        return types;
    }

    private void add(String pattern) {
        if (pattern.endsWith(BELOW)) {
            roots.add(checked(pattern, BELOW));
        } else if (pattern.endsWith(IN)) {
            packages.add(checked(pattern, IN));
        } else {
            classes.add(checked(pattern, ""));
        }
    }

    private static String checked(String pattern, String ending) {
        String name = pattern.substring(0, pattern.length() - ending.length());
        if (name.isBlank() || name.indexOf('*') >= 0) {
            throw new IllegalArgumentException(
                    "allowed types must be like com.acme.Cart, com.acme.* or com.acme.**, not " + pattern);
        }
        return name;
    }

    /** Returns whether attributes may hold objects of a class, or of an array of it; the name is as {@link Class#getName} has it. */
    boolean allow(String className) {
        String name = elementName(className);
        return isPrimitive(name) || classes.contains(name) || allowPackage(packageOf(name));
    }

    private boolean allowPackage(String name) {
        if (packages.contains(name)) {
            return true;
        }
        for (String each = name; !each.isEmpty(); each = packageOf(each)) {
            if (roots.contains(each)) {
                return true;
            }
        }
        return false;
    }

    private static String packageOf(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    /** Makes {@code [[Lcom.acme.Cart;} {@code com.acme.Cart}, and {@code [I} {@code I}. */
    private static String elementName(String className) {
        String name = className.substring(className.lastIndexOf('[') + 1);
        boolean isArrayOfObjects = name.length() < className.length() && name.startsWith("L") && name.endsWith(";");
        return isArrayOfObjects ? name.substring(1, name.length() - 1) : name;
    }

    private static boolean isPrimitive(String name) {
        return name.length() == 1 && "BCDFIJSZ".contains(name);
    }
}
