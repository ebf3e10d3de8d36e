package dev.larder.servlet;

import dev.larder.servlet.fixture.Providers;
import dev.larder.servlet.fixture.TomcatServer;
import dev.larder.servlet.fixture.WebServer;

/** The filter needs nothing of Larder's caches. */
class CaffeineSessionTest extends SessionContract {

    @Override
    WebServer.Factory container() {
        return TomcatServer::start;
    }

    @Override
    Providers provider() {
        return Providers.CAFFEINE;
    }
}
