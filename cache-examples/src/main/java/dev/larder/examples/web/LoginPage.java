package dev.larder.examples.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Map;

/** Shows the form of the login, and takes it. */
final class LoginPage extends HttpServlet {

    /** The attribute with the name of who is logged in. */
    static final String USER = "user";

    private static final long serialVersionUID = 1L;

    /** For a sample; yours are in a database, with hashed passwords. */
    private static final Map<String, String> PASSWORDS = Map.of("alice", "wonderland", "bob", "builder");

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show("", request, response);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String user = request.getParameter("user");
        if (user == null || !isPassword(request.getParameter("password"), user)) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            show("<p class=\"wrong\">There is no such user, or the password is another one.</p>", request, response);
            return;
        }
        HttpSession session = request.getSession();
        request.changeSessionId(); // So that an id which somebody planted before the login is of no use to him.
        session.setAttribute(USER, user);
        response.sendRedirect("/");
    }

    private static boolean isPassword(String password, String user) {
        String right = PASSWORDS.get(user);
        return right != null && right.equals(password);
    }

    private static void show(String message, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Html.write(message + """
                <form method="post" action="/login">
                  <label>User <input name="user" autofocus></label>
                  <label>Password <input name="password" type="password"></label>
                  <button id="login">Log in</button>
                </form>
                """, request, response);
    }
}
