package dev.larder.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;

/** The id in a header. */
final class HeaderTracking implements SessionTracking {

    private final String name;

    HeaderTracking(String name) {
        this.name = CookieRules.token(name);
    }

    @Override
    public List<String> requestedIds(HttpServletRequest request) {
        String id = request.getHeader(name);
        return id == null ? List.of() : List.of(id);
    }

    @Override
    public void send(String id, HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(name, id);
    }

    @Override
    public void end(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(name, "");
    }
}
