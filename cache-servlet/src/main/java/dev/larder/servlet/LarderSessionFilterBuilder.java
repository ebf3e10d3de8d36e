package dev.larder.servlet;

import dev.larder.patterns.session.SessionStore;
import java.util.ArrayList;
import java.util.EventListener;
import java.util.List;
import java.util.Objects;

/** Makes a {@link LarderSessionFilter}. Not for use by many threads. */
public final class LarderSessionFilterBuilder {

    private final SessionStore store;
    private SessionTracking tracking = SessionTracking.byCookie(CookieSettings.defaults());
    private final List<String> excluded = new ArrayList<>();
    private final List<EventListener> listeners = new ArrayList<>();
    private FailureAnswers answers = FailureAnswers.DEFAULT;

    LarderSessionFilterBuilder(SessionStore store) {
        this.store = Objects.requireNonNull(store, "store");
    }

    /** Lets ids come and go by a cookie like this; by default by {@link CookieSettings#defaults}. */
    public LarderSessionFilterBuilder cookie(CookieSettings settings) {
        return tracking(SessionTracking.byCookie(settings));
    }

    /** Lets ids come and go by a header instead of a cookie, for clients that are no browsers. */
    public LarderSessionFilterBuilder header(String name) {
        return tracking(SessionTracking.byHeader(name));
    }

    /** Lets ids come and go in a way of your own. */
    public LarderSessionFilterBuilder tracking(SessionTracking tracking) {
        this.tracking = Objects.requireNonNull(tracking, "tracking");
        return this;
    }

    /**
     * Leaves requests to the container as if there were no filter. It is not needed for speed, as a request that does not ask for
     * its session costs nothing.
     *
     * @param patterns of paths below that of the application, as in web.xml: {@code /exact}, {@code /below/*}, {@code *.extension}
     */
    public LarderSessionFilterBuilder exclude(String... patterns) {
        excluded.addAll(List.of(patterns));
        return this;
    }

    /** Adds a listener of sessions; see {@link LarderSessions#addListener}. */
    public LarderSessionFilterBuilder listener(EventListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Sets the status of the answer if a session is refused because there are too many like it; 429 unless told otherwise. An error page of the
     * application for this status is shown. For an answer of your own call {@link LarderSessions#save} in the login.
     *
     * @throws IllegalArgumentException if it is no status of an error, from 400 to 599
     */
    public LarderSessionFilterBuilder tooManySessionsStatus(int status) {
        answers = new FailureAnswers(status);
        return this;
    }

    /**
     * Returns the filter.
     *
     * @throws IllegalArgumentException if a pattern is none
     */
    public LarderSessionFilter build() {
        return new LarderSessionFilter(new FilterSettings(
                new OpenedStore(store, () -> {}), tracking, new PathRules(excluded), List.copyOf(listeners), answers));
    }
}
