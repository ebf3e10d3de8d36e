package dev.larder.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** Patterns of paths, written as in web.xml: {@code /login}, {@code /static/*}, {@code *.css}. */
final class PathRules {

    private final List<String> patterns;

    PathRules(List<String> patterns) {
        patterns.forEach(PathRules::check);
        this.patterns = List.copyOf(patterns);
    }

    private static void check(String pattern) {
        boolean isExtension = pattern.startsWith("*.") && pattern.indexOf('/') < 0;
        boolean isPath = pattern.startsWith("/");
        int star = pattern.indexOf('*', isExtension ? 1 : 0);
        boolean starIsLast = star < 0 || (pattern.endsWith("/*") && star == pattern.length() - 1);
        if (!(isExtension && star < 0) && !(isPath && starIsLast)) {
            throw new IllegalArgumentException(
                    "not a pattern for paths: \"" + pattern + "\"; write /exact, /below/* or *.extension");
        }
    }

    /** Returns whether a request is for one of the paths, below the path of the application and without parameters. */
    boolean matches(HttpServletRequest request) {
        return !patterns.isEmpty() && matches(pathOf(request));
    }

    boolean matches(String path) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, path));
    }

    private static boolean matches(String pattern, String path) {
        if (pattern.startsWith("*.")) {
            return path.endsWith(pattern.substring(1));
        }
        if (pattern.endsWith("/*")) {
            String folder = pattern.substring(0, pattern.length() - 2);
            return path.equals(folder) || path.startsWith(folder + "/");
        }
        return path.equals(pattern);
    }

    /** Not the URI: that is neither decoded nor normalised, so that /static/../account would look like a static file. */
    private static String pathOf(HttpServletRequest request) {
        String rest = request.getPathInfo();
        return rest == null ? request.getServletPath() : request.getServletPath() + rest;
    }
}
