package dev.larder.jcache.startup;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A class that a JVM loaded, as {@code -Xlog:class+load} tells it.
 *
 * <pre>
 * java.util.LinkedHashSet source: shared objects file
 * dev.larder.store.Ttl source: file:/home/me/cache-core-0.1.0.jar
 * dev.larder.store.heap.HeapStore$$Lambda$12/0x00007f242c00bd70 source: dev.larder.store.heap.HeapStore
 * </pre>
 *
 * @param name its name; of a class made at run time without the address behind it
 * @param source where it comes from
 */
record LoadedClass(String name, String source) {

    private static final Pattern LINE = Pattern.compile("(\\S+?)(/0x\\S+)? source: (.*)");

    /** Returns all that were loaded from that one on. */
    static List<LoadedClass> since(Class<?> first, List<String> log) {
        return log.stream()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .map(line -> new LoadedClass(line.group(1), line.group(3)))
                .dropWhile(loaded -> !loaded.name.equals(first.getName()))
                .toList();
    }

    /** Whether it was read from the archive of the JDK, parsed and verified already: that costs next to nothing. */
    boolean isArchived() {
        return source.startsWith("shared objects file");
    }

    /** Whether it was made at run time for a lambda or a method reference. */
    boolean isMadeForLambda() {
        return name.contains("$$Lambda");
    }

    boolean isIn(String packageOrClass) {
        return name.startsWith(packageOrClass);
    }
}
