/**
 * Loaders, writers, write-behind, cache-aside, invalidation and sessions, for caches of any JCache provider.
 *
 * <p>{@code cache.api} is a module by the name of its jar only; whoever requires this one need not know.
 */
module dev.larder.patterns {
    requires transitive cache.api;
    requires transitive java.sql;
    requires java.management;
    requires static com.h2database;
    requires static dev.larder.jcache; // for the TTL of a session
    requires static io.github.resilience4j.core;
    requires static io.github.resilience4j.retry;
    requires static jakarta.transaction;
    requires static org.checkerframework.checker.qual; // for the annotations in PostgreSQL's driver
    requires static org.jspecify;
    requires static org.postgresql.jdbc;
    requires static spring.core;
    requires static spring.tx;
    requires static tools.jackson.databind;

    exports dev.larder.patterns.aside;
    exports dev.larder.patterns.behind;
    exports dev.larder.patterns.invalidate;
    exports dev.larder.patterns.jdbc;
    exports dev.larder.patterns.load;
    exports dev.larder.patterns.session;
    exports dev.larder.patterns.write;
}
