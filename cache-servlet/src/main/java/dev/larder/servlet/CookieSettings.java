package dev.larder.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the cookie with the id of the session is like. Immutable.
 *
 * <p>Without a word it is named {@code SESSION}, is sent for the path of the application only, ends with the browser, is Secure
 * if the request came by HTTPS, HttpOnly, and SameSite=Lax.
 */
public final class CookieSettings {

    private final String name;
    private final @Nullable String path;
    private final @Nullable String domain;
    private final @Nullable Duration maxAge;
    private final @Nullable Boolean secure;
    private final boolean httpOnly;
    private final SameSite sameSite;
    private final boolean partitioned;

    private CookieSettings(Builder builder) {
        name = builder.name;
        path = builder.path;
        domain = builder.domain;
        maxAge = builder.maxAge;
        secure = builder.secure;
        httpOnly = builder.httpOnly;
        sameSite = builder.sameSite;
        partitioned = builder.partitioned;
    }

    /** Returns the settings that hold if nothing is said. */
    public static CookieSettings defaults() {
        return builder().build();
    }

    /** Returns what makes other settings. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the name of the cookie. */
    public String name() {
        return name;
    }

    String headerFor(HttpServletRequest request, String id) {
        return header(request, id, maxAge);
    }

    /** Returns what makes the browser forget the cookie. */
    String removalFor(HttpServletRequest request) {
        return header(request, "", Duration.ZERO);
    }

    private String header(HttpServletRequest request, String value, @Nullable Duration age) {
        StringBuilder header = new StringBuilder(name).append('=').append(value);
        header.append("; Path=").append(path != null ? path : pathOf(request));
        if (domain != null) {
            header.append("; Domain=").append(domain);
        }
        if (age != null) {
            header.append("; Max-Age=").append(age.toSeconds());
        }
        if (secure != null ? secure : request.isSecure()) {
            header.append("; Secure");
        }
        if (httpOnly) {
            header.append("; HttpOnly");
        }
        header.append("; SameSite=").append(sameSite.attribute());
        return partitioned ? header.append("; Partitioned").toString() : header.toString();
    }

    private static String pathOf(HttpServletRequest request) {
        String path = request.getContextPath();
        return path.isEmpty() ? "/" : path;
    }

    /** Makes {@link CookieSettings}. Not for use by many threads. */
    public static final class Builder {

        private String name = "SESSION";
        private @Nullable String path;
        private @Nullable String domain;
        private @Nullable Duration maxAge;
        private @Nullable Boolean secure;
        private boolean httpOnly = true;
        private SameSite sameSite = SameSite.LAX;
        private boolean partitioned;

        private Builder() {}

        /**
         * Names the cookie. A name that begins with {@code __Host-} makes browsers refuse the cookie unless it is Secure, has the
         * path {@code /} and no domain: the first two are then set, and {@link #build} refuses what contradicts.
         */
        public Builder name(String name) {
            this.name = CookieRules.token(name);
            return this;
        }

        /** Sends the cookie with requests below this path only, instead of the path of the application. */
        public Builder path(String path) {
            this.path = CookieRules.path(path);
            return this;
        }

        /** Sends the cookie to all hosts of a domain, instead of to the very host that set it. */
        public Builder domain(String domain) {
            this.domain = CookieRules.domain(domain);
            return this;
        }

        /**
         * Lets the browser keep the cookie when it is closed, for so long after the id was given out, in whole seconds. A new id
         * (at login, and by {@code renewIdAfter}) begins anew; requests do not.
         */
        public Builder maxAge(Duration maxAge) {
            if (maxAge.toSeconds() <= 0) {
                throw new IllegalArgumentException("maxAge must be at least a second: " + maxAge);
            }
            this.maxAge = maxAge;
            return this;
        }

        /**
         * Says whether the cookie is sent by HTTPS alone. Without it, that is so if the request came by HTTPS, as far as the container knows:
         * behind a proxy that ends TLS, tell the container to believe its headers, or say {@code secure(true)}.
         */
        public Builder secure(boolean secure) {
            this.secure = secure;
            return this;
        }

        /** Says whether scripts are kept from the cookie, which they are if nothing is said. */
        public Builder httpOnly(boolean httpOnly) {
            this.httpOnly = httpOnly;
            return this;
        }

        /** Says with which requests of other sites the cookie is sent; {@link SameSite#LAX} if nothing is said. */
        public Builder sameSite(SameSite sameSite) {
            this.sameSite = Objects.requireNonNull(sameSite, "sameSite");
            return this;
        }

        /** Says whether the cookie is another one below each top-level site (CHIPS), for frames in pages of others. */
        public Builder partitioned(boolean partitioned) {
            this.partitioned = partitioned;
            return this;
        }

        /**
         * Returns the settings.
         *
         * @throws IllegalArgumentException if browsers would refuse such a cookie
         */
        public CookieSettings build() {
            if (CookieRules.asksForSecure(name) && secure == null) {
                secure = true;
            }
            if (CookieRules.asksForHost(name)) {
                path = CookieRules.rootPath(name, path);
                CookieRules.requireNoDomain(name, domain);
            }
            CookieRules.requireSecure(Boolean.TRUE.equals(secure), name, sameSite, partitioned);
            return new CookieSettings(this);
        }
    }
}
