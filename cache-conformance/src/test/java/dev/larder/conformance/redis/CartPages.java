package dev.larder.conformance.redis;

import dev.larder.patterns.session.SessionStore;
import dev.larder.servlet.LarderSessionFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A shop: {@code /login?user=ann}, {@code /add?item=7}, {@code /cart}, {@code /logout}, and {@code /static}, which has no use for the session. With
 * {@code slowly=200}, an answer takes so many milliseconds, after the session was changed.
 */
final class CartPages extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private CartPages() {}

    /** Adds them to an application, with its sessions in a store. */
    static void add(ServletContext context, SessionStore store) {
        FilterRegistration.Dynamic filter =
                context.addFilter("sessions", LarderSessionFilter.builder(store).build());
        filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
        context.addServlet("cart", new CartPages()).addMapping("/");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String answer = switch (request.getRequestURI()) {
            case "/login" -> login(request);
            case "/add" -> add(request);
            case "/cart" -> cart(request.getSession(false));
            case "/logout" -> logout(request);
            default -> "static";
        };
        wait(request.getParameter("slowly"));
        response.getWriter().write(answer);
    }

    private static String login(HttpServletRequest request) {
        request.getSession().setAttribute("user", request.getParameter("user"));
        request.changeSessionId();
        return cart(request.getSession());
    }

    private static String add(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.setAttribute("item-" + request.getParameter("item"), 1);
        }
        return cart(session);
    }

    private static String logout(HttpServletRequest request) {
        request.getSession().invalidate();
        return "bye";
    }

    /** As in {@code ann: item-1 item-7}. */
    private static String cart(HttpSession session) {
        if (session == null) {
            return "nobody";
        }
        String items = Collections.list(session.getAttributeNames()).stream()
                .filter(name -> name.startsWith("item-"))
                .sorted()
                .collect(Collectors.joining(" "));
        return Objects.toString(session.getAttribute("user")) + ": " + items;
    }

    private static void wait(String slowly) {
        try {
            TimeUnit.MILLISECONDS.sleep(slowly == null ? 0 : Long.parseLong(slowly));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
