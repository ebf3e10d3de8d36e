package dev.larder.servlet;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;

/** The id in a cookie. */
final class CookieTracking implements SessionTracking {

    private final CookieSettings settings;

    CookieTracking(CookieSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<String> requestedIds(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return List.of();
        }
        return Arrays.stream(cookies)
                .filter(cookie -> cookie.getName().equals(settings.name()))
                .map(Cookie::getValue)
                .toList();
    }

    @Override
    public void send(String id, HttpServletRequest request, HttpServletResponse response) {
        SetCookies.replace(settings.name(), settings.headerFor(request, id), response);
    }

    @Override
    public void end(HttpServletRequest request, HttpServletResponse response) {
        if (SetCookies.has(settings.name(), response) || !requestedIds(request).isEmpty()) {
            SetCookies.replace(settings.name(), settings.removalFor(request), response);
        }
    }

    @Override
    public boolean isByCookie() {
        return true;
    }
}
