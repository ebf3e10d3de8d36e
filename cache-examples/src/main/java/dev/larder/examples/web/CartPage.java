package dev.larder.examples.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Shows the cart of who is logged in, and adds to it. The cart is an attribute for each article, with the number of pieces: two tabs
 * that add different articles at the same moment lose none.
 */
final class CartPage extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String PIECES = "pieces of ";
    private static final List<String> ARTICLES = List.of("apples", "pears", "plums");

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = request.getSession(false);
        if (session == null || session.getAttribute(LoginPage.USER) == null) {
            response.sendRedirect("/login");
        } else {
            show(session, request, response);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = request.getSession(false);
        String article = request.getParameter("article");
        if (session != null && ARTICLES.contains(article)) {
            session.setAttribute(PIECES + article, piecesOf(article, session) + 1);
        }
        response.sendRedirect("/");
    }

    private static int piecesOf(String article, HttpSession session) {
        return session.getAttribute(PIECES + article) instanceof Integer pieces ? pieces : 0;
    }

    private static void show(HttpSession session, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Html.write(
                """
                <p>Logged in as <b id="user">%s</b>.</p>
                <p>Your cart: <span id="cart">%s</span></p>
                <form method="post" action="/cart">%s</form>
                <form method="post" action="/logout"><button id="logout">Log out</button></form>
                """.formatted(Html.escaped(session.getAttribute(LoginPage.USER)), cart(session), buttons()),
                request,
                response);
    }

    /** As in {@code apples: 2, pears: 1}. */
    private static String cart(HttpSession session) {
        String cart = Collections.list(session.getAttributeNames()).stream()
                .filter(name -> name.startsWith(PIECES))
                .sorted()
                .map(name -> name.substring(PIECES.length()) + ": " + session.getAttribute(name))
                .collect(Collectors.joining(", "));
        return cart.isEmpty() ? "nothing yet" : Html.escaped(cart);
    }

    private static String buttons() {
        return ARTICLES.stream()
                .map(each ->
                        "<button id=\"%s\" name=\"article\" value=\"%s\">Add %s</button>".formatted(each, each, each))
                .collect(Collectors.joining(" "));
    }
}
