package dev.larder.examples.docs;

import dev.larder.patterns.session.AttributeCodec;
import dev.larder.patterns.session.Session;
import dev.larder.patterns.session.SessionStore;
import dev.larder.patterns.session.SessionStoreBuilder;
import dev.larder.patterns.session.TooManySessionsException;
import dev.larder.patterns.session.WhenTooMany;
import dev.larder.servlet.CookieSettings;
import dev.larder.servlet.LarderSessionFilter;
import dev.larder.servlet.LarderSessions;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.time.Duration;
import java.util.EnumSet;
import java.util.function.Consumer;
import javax.cache.CacheManager;

/** The Java of {@code docs/sessions.md} and {@code docs/sessions-servlet.md}; see {@link Snippets}. */
final class SessionSnippets {

    private SessionSnippets() {}

    record Cart(String item, Colour colour) implements Serializable {}

    enum Colour {
        RED
    }

    @SuppressWarnings("NullAway") // that a session may be absent is said in a comment, for a short example
    static Session store(CacheManager manager) {
        // snippet: docs/sessions.md
        SessionStore store = SessionStore.in(manager, "sessions")
                .idleTimeout(Duration.ofMinutes(20))
                .absoluteTimeout(Duration.ofHours(12))
                .index("user")
                .build();

        Session session = store.create();
        session.attribute("user", "ann");
        store.save(session);
        String id = session.id(); // for the client's cookie

        Session again = store.find(id); // in a later request, at any instance; null if there is none
        again.accessed();
        again.attribute("page", 7);
        store.save(again);
        // end
        return again;
    }

    static SessionStoreBuilder settings(SessionStoreBuilder builder) {
        return builder
                // snippet: docs/sessions.md
                .codec(AttributeCodec.jackson(Cart.class, Colour.class)) // as JSON; needs tools.jackson.core
                .codec(AttributeCodec.javaSerialization(Cart.class)) // behind an ObjectInputFilter; or one of your own
                // end
                // snippet: docs/sessions.md
                .maxSessions("user", 3, WhenTooMany.END_OLDEST_USED)
                // end
                // snippet: docs/sessions.md
                .sweepEvery(Duration.ofMinutes(1))
                // end
                .index("user");
    }

    static LarderSessionFilter filter(CacheManager cacheManager, ServletContext context) {
        // snippet: docs/sessions-servlet.md
        SessionStore store = SessionStore.in(cacheManager, "larder-sessions").build();
        LarderSessionFilter filter = LarderSessionFilter.builder(store)
                .cookie(CookieSettings.builder().name("__Host-SESSION").build())
                .build();
        FilterRegistration.Dynamic sessions = context.addFilter("sessions", filter);
        sessions.setAsyncSupported(true);
        sessions.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
        // end
        return filter;
    }

    static void login(HttpServletRequest request, HttpSession session, String name, Consumer<String> login) {
        Page page = login::accept;
        page.login(request, session, name);
    }

    /** The page for logins of an application. */
    @FunctionalInterface
    private interface Page {

        void showLogin(String why);

        default void login(HttpServletRequest request, HttpSession session, String name) {
            // snippet: docs/sessions-servlet.md
            session.setAttribute("user", name);
            try {
                LarderSessions.save(request);
            } catch (TooManySessionsException e) {
                showLogin("You are logged in at too many places. Log out at one of them.");
                return;
            }
            // end
            showLogin("You are logged in.");
        }
    }
}
