package dev.larder.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A filter at work. A request passes it once for each dispatch of the container's: the first, one for an error page, and one for each
 * {@code AsyncContext.dispatch}; they share the {@link RequestSession}, which is an attribute of the request. Forwards and
 * includes happen inside of such a pass.
 */
final class RunningFilter {

    private final OpenedStore store;
    private final SessionSetup setup;
    private final PathRules excluded;
    private final StoreEvents events;
    private final String attribute;

    private RunningFilter(FilterSettings settings, FilterConfig config) {
        store = settings.store();
        SessionListeners listeners = new SessionListeners(config.getServletContext(), settings.listeners());
        setup = new SessionSetup(
                store.store(), settings.tracking(), listeners, settings.answers(), config.getServletContext());
        excluded = settings.excluded();
        events = new StoreEvents(setup);
        attribute = "dev.larder.servlet.session." + config.getFilterName();
    }

    static RunningFilter start(FilterSettings settings, FilterConfig config) {
        RunningFilter started = new RunningFilter(settings, config);
        LarderSessions.useStore(config.getServletContext(), started.setup.store());
        started.setup.store().addListener(started.events);
        return started;
    }

    void stop() {
        setup.store().removeListener(events);
        store.closing().run();
    }

    void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest http && response instanceof HttpServletResponse answer) {
            filter(http, answer, chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RequestSession session = (RequestSession) request.getAttribute(attribute);
        if (session == null && excluded.matches(request)) {
            chain.doFilter(request, response);
        } else if (session != null && isInsideOfPass(request, session)) {
            goOn(session, request, response, chain);
        } else {
            new FilterPass(session != null ? session : begin(request, response), setup).run(request, response, chain);
        }
    }

    private RequestSession begin(HttpServletRequest request, HttpServletResponse response) {
        RequestSession begun = new RequestSession(setup, request, response);
        request.setAttribute(attribute, begun);
        return begun;
    }

    /** At the end of a forward the container closes the response, in ways that no wrapper sees; at the end of the pass it would be too late. */
    private static void goOn(
            RequestSession session, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, response);
        if (request.getDispatcherType() == DispatcherType.FORWARD && !request.isAsyncStarted()) {
            session.endOfDispatch();
        }
    }

    private static boolean isInsideOfPass(HttpServletRequest request, RequestSession session) {
        DispatcherType type = request.getDispatcherType();
        return (type == DispatcherType.FORWARD || type == DispatcherType.INCLUDE)
                && SessionRequest.isAround(request, session);
    }
}
