package dev.larder.servlet;

import jakarta.servlet.FilterConfig;
import java.util.EventListener;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What the init parameters of a filter say; docs/sessions-servlet.md has the table. */
final class FilterParameters {

    private static final Set<String> KNOWN = Set.of("exclude", "header", "listeners", "tooManySessionsStatus");

    private final FilterConfig config;
    private final InitParameters parameters;

    private FilterParameters(FilterConfig config) {
        this.config = config;
        this.parameters = new InitParameters(config);
    }

    /**
     * Returns what the parameters say.
     *
     * @throws IllegalArgumentException if there is one that does not exist
     */
    static FilterParameters of(FilterConfig config) {
        FilterParameters of = new FilterParameters(config);
        Set<String> known = new HashSet<>(KNOWN);
        known.addAll(CookieParameters.KNOWN);
        known.addAll(StoreParameters.KNOWN);
        of.parameters.requireKnown(known);
        return of;
    }

    /** Returns the settings, for which it opens the store last, when nothing else can be wrong. */
    FilterSettings settings() {
        SessionTracking tracking = tracking();
        PathRules excluded = new PathRules(parameters.words("exclude"));
        List<EventListener> listeners =
                parameters.words("listeners").stream().map(this::listener).toList();
        FailureAnswers answers = answers();
        OpenedStore store = new StoreParameters(parameters, config.getServletContext()).open();
        return new FilterSettings(store, tracking, excluded, listeners, answers);
    }

    private FailureAnswers answers() {
        String status = parameters.text("tooManySessionsStatus");
        try {
            return status == null ? FailureAnswers.DEFAULT : new FailureAnswers(Integer.parseInt(status));
        } catch (IllegalArgumentException e) {
            IllegalArgumentException wrong = parameters.wrong(
                    "tooManySessionsStatus", Objects.toString(status), "write the status of an error, from 400 to 599");
            wrong.initCause(e);
            throw wrong;
        }
    }

    private SessionTracking tracking() {
        String header = parameters.text("header");
        if (header != null) {
            return SessionTracking.byHeader(header);
        }
        return SessionTracking.byCookie(new CookieParameters(parameters).settings());
    }

    private EventListener listener(String className) {
        try {
            return config.getServletContext()
                    .getClassLoader()
                    .loadClass(className)
                    .asSubclass(EventListener.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | ClassCastException e) {
            IllegalArgumentException wrong = parameters.wrong(
                    "listeners", className, "name public classes with a constructor without parameters");
            wrong.initCause(e);
            throw wrong;
        }
    }
}
