package dev.larder.servlet;

import dev.larder.servlet.fixture.JettyServer;
import dev.larder.servlet.fixture.WebServer;

class JettyUnreadableTest extends UnreadableContract {

    @Override
    WebServer.Factory container() {
        return JettyServer::start;
    }
}
