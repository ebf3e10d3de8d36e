package dev.larder.servlet;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the init parameters of a filter say of its cookie. */
final class CookieParameters {

    static final Set<String> KNOWN = Set.of(
            "cookieName",
            "cookiePath",
            "cookieDomain",
            "cookieMaxAge",
            "cookieSecure",
            "cookieHttpOnly",
            "cookieSameSite",
            "cookiePartitioned");

    private final InitParameters parameters;

    CookieParameters(InitParameters parameters) {
        this.parameters = parameters;
    }

    CookieSettings settings() {
        CookieSettings.Builder builder = CookieSettings.builder();
        InitParameters.ifSaid(parameters.text("cookieName"), builder::name);
        InitParameters.ifSaid(parameters.text("cookiePath"), builder::path);
        InitParameters.ifSaid(parameters.text("cookieDomain"), builder::domain);
        InitParameters.ifSaid(parameters.duration("cookieMaxAge"), builder::maxAge);
        InitParameters.ifSaid(secure(), builder::secure);
        InitParameters.ifSaid(parameters.flag("cookieHttpOnly"), builder::httpOnly);
        InitParameters.ifSaid(parameters.choice("cookieSameSite", SameSite.class), builder::sameSite);
        InitParameters.ifSaid(parameters.flag("cookiePartitioned"), builder::partitioned);
        return builder.build();
    }

    private @Nullable Boolean secure() {
        return "auto".equals(parameters.text("cookieSecure")) ? null : parameters.flag("cookieSecure");
    }
}
