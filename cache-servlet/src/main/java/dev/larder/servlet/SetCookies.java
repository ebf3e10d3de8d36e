package dev.larder.servlet;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;

/** The cookies that a response is going to set. */
final class SetCookies {

    private static final String HEADER = "Set-Cookie";

    private SetCookies() {}

    static boolean has(String name, HttpServletResponse response) {
        return response.getHeaders(HEADER).stream().anyMatch(cookie -> isOf(name, cookie));
    }

    /** Says something of a cookie instead of what was said of it before, for which the standard has no method; other cookies stay. */
    static void replace(String name, String header, HttpServletResponse response) {
        List<String> cookies = new ArrayList<>(response.getHeaders(HEADER));
        cookies.removeIf(cookie -> isOf(name, cookie));
        cookies.add(header);
        response.setHeader(HEADER, cookies.get(0));
        cookies.stream().skip(1).forEach(cookie -> response.addHeader(HEADER, cookie));
    }

    private static boolean isOf(String name, String cookie) {
        return cookie.startsWith(name + "=");
    }
}
