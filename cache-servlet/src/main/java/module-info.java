/**
 * A filter for Jakarta Servlet 6 whose sessions are in a cache of any JCache provider.
 *
 * <p>It brings {@code dev.larder.patterns} along, where the session store is.
 */
module dev.larder.servlet {
    requires transitive dev.larder.patterns;
    requires transitive jakarta.servlet;
    requires static org.jspecify;

    exports dev.larder.servlet;

    provides jakarta.servlet.ServletContainerInitializer with
            dev.larder.servlet.LarderSessionInitializer;
}
