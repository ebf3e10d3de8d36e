package dev.larder.examples.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What all pages have in common. */
final class Html {

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <title>The shop</title>
            <style>
              body { font: 18px/1.5 sans-serif; margin: 2em; }
              h1 { margin: 0; }
              .instance { color: #777; }
              .wrong { color: #b00; }
              label { display: block; margin-bottom: .5em; }
              form { margin-top: 1em; }
              input, button { font: inherit; padding: .2em .6em; }
            </style>
            <h1>The shop</h1>
            <p class="instance">Instance at port <span id="port">%d</span></p>
            %s
            </html>
            """;

    private Html() {}

    /** Writes a page. */
    static void write(String content, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store"); // or the button "back" would show a cart after the logout
        response.getWriter().write(PAGE.formatted(request.getLocalPort(), content));
    }

    /** Returns text that is not taken for HTML. */
    static String escaped(Object text) {
        return text.toString()
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
