package dev.larder.servlet;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What RFC 6265bis and browsers want of a cookie. Messages say what to do. */
final class CookieRules {

    private static final String HOST = "__host-";
    private static final String SECURE = "__secure-";
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern PATH = Pattern.compile("/[\\x20-\\x7e&&[^;]]*");
    private static final Pattern DOMAIN = Pattern.compile("[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*");

    private CookieRules() {}

    static String token(String name) {
        if (!TOKEN.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name for a cookie: \"" + name + "\"");
        }
        return name;
    }

    static String path(String path) {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    "path of a cookie must begin with / and have neither ; nor control characters: \"" + path + "\"");
        }
        return path;
    }

    static String domain(String domain) {
        if (!DOMAIN.matcher(domain).matches()) {
            throw new IllegalArgumentException(
                    "domain of a cookie must be a host name without a dot before it: \"" + domain + "\"");
        }
        return domain;
    }

    static boolean asksForHost(String name) {
        return lower(name).startsWith(HOST);
    }

    static boolean asksForSecure(String name) {
        return lower(name).startsWith(SECURE) || asksForHost(name);
    }

    static String rootPath(String name, @Nullable String path) {
        if (path != null && !path.equals("/")) {
            throw new IllegalArgumentException(
                    "cookie " + name + " must have the path /, not " + path + "; leave path out, or the prefix");
        }
        return "/";
    }

    static void requireNoDomain(String name, @Nullable String domain) {
        if (domain != null) {
            throw new IllegalArgumentException(
                    "cookie " + name + " must have no domain, but has " + domain + "; leave domain out, or the prefix");
        }
    }

    static void requireSecure(boolean secure, String name, SameSite sameSite, boolean partitioned) {
        if (secure) {
            return;
        }
        if (asksForSecure(name)) {
            throw refused("named " + name);
        }
        if (sameSite == SameSite.NONE) {
            throw refused("of SameSite=None");
        }
        if (partitioned) {
            throw refused("that is Partitioned");
        }
    }

    private static IllegalArgumentException refused(String which) {
        return new IllegalArgumentException(
                "browsers refuse a cookie " + which + " that is not Secure; set secure(true), and serve by HTTPS");
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
