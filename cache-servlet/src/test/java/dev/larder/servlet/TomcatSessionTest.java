package dev.larder.servlet;

import dev.larder.servlet.fixture.TomcatServer;
import dev.larder.servlet.fixture.WebServer;

class TomcatSessionTest extends SessionContract {

    @Override
    WebServer.Factory container() {
        return TomcatServer::start;
    }
}
