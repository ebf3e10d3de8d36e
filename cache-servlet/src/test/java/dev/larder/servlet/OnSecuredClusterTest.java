package dev.larder.servlet;

import dev.larder.servlet.fixture.JettyServer;
import dev.larder.servlet.fixture.RedisCaches;
import dev.larder.servlet.fixture.TomcatServer;
import dev.larder.servlet.fixture.WebServer;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** What the standard says of sessions, with them on a Redis cluster with TLS, as a user who may do little. */
class OnSecuredClusterTest {

    private static RedisCaches caches;

    @BeforeAll
    static void start() {
        caches = RedisCaches.onSecuredCluster();
    }

    @AfterAll
    static void end() {
        caches.close();
    }

    @Nested
    class TomcatSession extends SessionContract {

        @Override
        WebServer.Factory container() {
            return TomcatServer::start;
        }

        @Override
        CacheManager newManager() {
            return caches.newManager();
        }
    }

    @Nested
    class JettySession extends SessionContract {

        @Override
        WebServer.Factory container() {
            return JettyServer::start;
        }

        @Override
        CacheManager newManager() {
            return caches.newManager();
        }
    }
}
