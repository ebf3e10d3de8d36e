package dev.larder.servlet;

import dev.larder.servlet.fixture.JettyServer;
import dev.larder.servlet.fixture.WebServer;

class JettySessionTest extends SessionContract {

    @Override
    WebServer.Factory container() {
        return JettyServer::start;
    }
}
