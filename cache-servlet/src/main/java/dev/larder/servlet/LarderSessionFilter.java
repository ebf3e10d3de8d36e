package dev.larder.servlet;

import dev.larder.patterns.session.SessionStore;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the sessions of a web application in a {@link SessionStore} instead of in the container, so that any instance of the
 * application carries on with them.
 *
 * <pre>{@code
 * LarderSessionFilter filter = LarderSessionFilter.builder(store)
 *         .cookie(CookieSettings.builder().name("__Host-SESSION").build())
 *         .exclude("/static/*")
 *         .build();
 * FilterRegistration.Dynamic sessions = context.addFilter("sessions", filter);
 * sessions.setAsyncSupported(true);
 * sessions.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
 * }</pre>
 *
 * <p>It has to be the first filter, for all kinds of dispatches. In {@code web.xml} it is configured by init parameters. A request that never asks for
 * its session costs no request to the store. If the store cannot be used, and was told to fail then, the answer is 503.
 */
public final class LarderSessionFilter implements Filter {

    private final @Nullable FilterSettings given;
    private @Nullable RunningFilter running;

    /** For containers, which configure it by init parameters. */
    public LarderSessionFilter() {
        this(null);
    }

    LarderSessionFilter(@Nullable FilterSettings given) {
        this.given = given;
    }

    /**
     * Returns what makes a filter.
     *
     * @param store where the sessions are; it stays the caller's to close, after the filter
     */
    public static LarderSessionFilterBuilder builder(SessionStore store) {
        return new LarderSessionFilterBuilder(store);
    }

    /**
     * Begins, and opens the store if it was not given one.
     *
     * @throws IllegalArgumentException if an init parameter is wrong
     */
    @Override
    public void init(FilterConfig config) {
        FilterSettings settings =
                given != null ? given : FilterParameters.of(config).settings();
        running = RunningFilter.start(settings, config);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Objects.requireNonNull(running, "the filter was not initialised").doFilter(request, response, chain);
    }

    /** Ends, and closes the store if the filter opened it itself. */
    @Override
    public void destroy() {
        if (running != null) {
            running.stop();
        }
    }
}
