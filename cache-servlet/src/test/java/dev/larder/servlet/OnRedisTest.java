package dev.larder.servlet;

import dev.larder.servlet.fixture.JettyServer;
import dev.larder.servlet.fixture.RedisCaches;
import dev.larder.servlet.fixture.TomcatServer;
import dev.larder.servlet.fixture.WebServer;
import dev.larder.testkit.server.RedisServer;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** What is promised of the filter, with its sessions on a Redis server. */
class OnRedisTest {

    private static RedisServer redis;
    private static RedisCaches caches;

    @BeforeAll
    static void start() {
        redis = RedisServer.start();
        caches = RedisCaches.on(redis);
    }

    @AfterAll
    static void end() {
        caches.close();
        redis.close();
    }

    /** The names of users are the same in all tests. */
    private static CacheManager onAnEmptyServer() {
        redis.call("FLUSHALL");
        return caches.newManager();
    }

    @Nested
    class TomcatSession extends SessionContract {

        @Override
        WebServer.Factory container() {
            return TomcatServer::start;
        }

        @Override
        CacheManager newManager() {
            return onAnEmptyServer();
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
            return onAnEmptyServer();
        }
    }

    @Nested
    class TomcatRefusal extends RefusalContract {

        @Override
        WebServer.Factory container() {
            return TomcatServer::start;
        }

        @Override
        CacheManager newManager() {
            return onAnEmptyServer();
        }
    }

    @Nested
    class JettyRefusal extends RefusalContract {

        @Override
        WebServer.Factory container() {
            return JettyServer::start;
        }

        @Override
        CacheManager newManager() {
            return onAnEmptyServer();
        }
    }

    @Nested
    class TomcatRenewal extends RenewalContract {

        @Override
        WebServer.Factory container() {
            return TomcatServer::start;
        }

        @Override
        CacheManager newManager() {
            return onAnEmptyServer();
        }
    }

    @Nested
    class JettyRenewal extends RenewalContract {

        @Override
        WebServer.Factory container() {
            return JettyServer::start;
        }

        @Override
        CacheManager newManager() {
            return onAnEmptyServer();
        }
    }

    @Nested
    class TomcatUnreadable extends UnreadableContract {

        @Override
        WebServer.Factory container() {
            return TomcatServer::start;
        }

        @Override
        CacheManager newManager() {
            return onAnEmptyServer();
        }
    }

    @Nested
    class JettyUnreadable extends UnreadableContract {

        @Override
        WebServer.Factory container() {
            return JettyServer::start;
        }

        @Override
        CacheManager newManager() {
            return onAnEmptyServer();
        }
    }

    @Nested
    class TomcatOwasp extends OwaspContract {

        @Override
        WebServer.Factory container() {
            return TomcatServer::start;
        }

        @Override
        CacheManager newManager() {
            return onAnEmptyServer();
        }
    }

    @Nested
    class JettyOwasp extends OwaspContract {

        @Override
        WebServer.Factory container() {
            return JettyServer::start;
        }

        @Override
        CacheManager newManager() {
            return onAnEmptyServer();
        }
    }
}
